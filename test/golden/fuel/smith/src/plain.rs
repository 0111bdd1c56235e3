//! Rules for random modules whose fuel can be compared.

use std::ops::Range;
use wasm_encoder::{ExportKind, ExportSection, Module, RawSection, Section, SectionId};
use wasmparser::{ExternalKind, Operator, Parser, Payload, ValType, Validator, WasmFeatures};

/// Keeps only the exports of functions that take and give plain numbers. None if there are none, or a memory is shared.
pub fn exports(binary: &[u8]) -> Option<Vec<u8>> {
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let types = validator.validate_all(binary).expect("valid");
    let is_number =
        |kind: &ValType| matches!(kind, ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64);
    let mut kept = ExportSection::new();
    let mut sections: Vec<(u8, Range<usize>)> = Vec::new();
    for payload in Parser::new(0).parse_all(binary) {
        match payload.expect("valid") {
            Payload::ExportSection(reader) => {
                for export in reader {
                    let export = export.expect("valid");
                    if export.kind != ExternalKind::Func {
                        continue;
                    }
                    let function = types[types.as_ref().core_function_at(export.index)].unwrap_func();
                    if function.params().iter().chain(function.results()).all(is_number) {
                        kept.export(export.name, ExportKind::Func, export.index);
                    }
                }
                sections.push((SectionId::Export as u8, 0..0));
            }
            Payload::MemorySection(reader) => {
                if reader.clone().into_iter().any(|memory| memory.expect("valid").shared) {
                    return None;
                }
                sections.push((SectionId::Memory as u8, reader.range()));
            }
            other => sections.extend(other.as_section()),
        }
    }
    if kept.is_empty() {
        return None;
    }
    let mut module = Module::new();
    for (id, range) in sections {
        if id == kept.id() {
            module.section(&kept);
        } else {
            module.section(&RawSection { id, data: &binary[range] });
        }
    }
    Some(module.finish())
}

/// Returns `-reference` for a module that wasmtime 50 may count wrongly: it calls by reference, or inside a handler.
pub fn judge(binary: &[u8]) -> &'static str {
    for payload in Parser::new(0).parse_all(binary) {
        let Ok(Payload::CodeSectionEntry(body)) = payload else { continue };
        let mut handlers: Vec<bool> = Vec::new();
        for operator in body.get_operators_reader().expect("valid") {
            match operator.expect("valid") {
                Operator::TryTable { try_table } => handlers.push(!try_table.catches.is_empty()),
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => handlers.push(false),
                Operator::End => drop(handlers.pop()),
                Operator::CallRef { .. } => return "-reference",
                Operator::Call { .. } | Operator::CallIndirect { .. } if handlers.contains(&true) => {
                    return "-reference";
                }
                _ => {}
            }
        }
    }
    ""
}
