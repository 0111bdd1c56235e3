//! Faults of the plugin on request.

/// Kinds of faults.
#[derive(Default, PartialEq)]
pub enum Fault {
    #[default]
    None,
    Init,
    SaveTrap,
    SaveRefuse,
    SaveSpin,
    RestoreTrap,
    RestoreRefuse,
    HealthTrap,
    HealthRefuse,
    /// Traps in the call of that number, counted from 1.
    Call(u64),
}

impl Fault {
    pub fn parse(text: &str) -> Fault {
        match text {
            "init" => Fault::Init,
            "save-trap" => Fault::SaveTrap,
            "save-refuse" => Fault::SaveRefuse,
            "save-spin" => Fault::SaveSpin,
            "restore-trap" => Fault::RestoreTrap,
            "restore-refuse" => Fault::RestoreRefuse,
            "health-trap" => Fault::HealthTrap,
            "health-refuse" => Fault::HealthRefuse,
            _ => match text.strip_prefix("call-").and_then(|number| number.parse().ok()) {
                Some(number) => Fault::Call(number),
                None => Fault::None,
            },
        }
    }

    /// Refuses if this is the fault.
    pub fn refuse(&self, fault: Fault) -> Result<(), String> {
        if *self == fault { Err("it was told to refuse".into()) } else { Ok(()) }
    }
}

/// Runs until a limit ends it.
pub fn spin() -> ! {
    let mut turns = 0u64;
    loop {
        turns = core::hint::black_box(turns + 1);
    }
}
