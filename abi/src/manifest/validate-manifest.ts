/** Checks manifests. Made by ajv from manifest-schema.ts (`npm run build:schema`); not to be edited. */
// @ts-nocheck
import type { SchemaError } from './schema-error.js';

/** Says whether a value is a manifest, and fills in defaults; otherwise `errors` says why it is none. */
interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

export const validateManifest: Validator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"plugin.json","description":"The manifest of a plugin: what it is, how it runs, and what it needs.","type":"object","properties":{"$schema":{"type":"string","description":"For editors."},"id":{"title":"an id such as \"acme.eq\": lower-case letters and digits, joined by \".\", \"-\" or \"_\"","type":"string","maxLength":128,"pattern":"^[a-z0-9]+(?:[._-][a-z0-9]+)*$"},"name":{"type":"string","minLength":1,"maxLength":10000,"title":"a name for people"},"version":{"title":"a semantic version such as \"1.2.3\"","type":"string","maxLength":128,"pattern":"^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$"},"description":{"type":"string","maxLength":10000,"default":""},"author":{"type":"string","minLength":1,"maxLength":10000},"license":{"type":"string","minLength":1,"maxLength":10000,"description":"An SPDX expression such as \"Apache-2.0\"."},"homepage":{"title":"an address that begins with \"https://\" or \"http://\"","type":"string","maxLength":2048,"pattern":"^https?://[^\\s]+$"},"tags":{"type":"array","items":{"type":"string","minLength":1,"maxLength":64},"maxItems":100,"uniqueItems":true,"default":[]},"carrier":{"enum":["wasm","library","rpc"],"default":"wasm","description":"How the plugin runs."},"entry":{"title":"a path inside the plugin such as \"plugin.wasm\", or for the carrier \"rpc\" also an address","type":"string","minLength":1,"maxLength":1024},"platforms":{"description":"Native entries for each kind of machine.","type":"array","items":{"description":"What to run on one kind of machine. The first that fits is taken.","type":"object","properties":{"os":{"enum":["linux","darwin","win32","freebsd"],"description":"Any, where it is not there."},"cpu":{"enum":["x64","arm64","ia32","arm","riscv64"],"description":"Any, where it is not there."},"libc":{"enum":["glibc","musl"],"description":"Of Linux. Any, where it is not there."},"entry":{"title":"a path inside the plugin such as \"plugin.wasm\", or for the carrier \"rpc\" also an address","type":"string","minLength":1,"maxLength":1024}},"required":["entry"],"additionalProperties":false},"maxItems":100,"default":[]},"fallbacks":{"type":"array","items":{"description":"What to run where neither \"platforms\" nor \"entry\" has anything for the machine.","type":"object","properties":{"carrier":{"enum":["wasm","library","rpc"]},"entry":{"title":"a path inside the plugin such as \"plugin.wasm\", or for the carrier \"rpc\" also an address","type":"string","minLength":1,"maxLength":1024}},"required":["carrier","entry"],"additionalProperties":false},"maxItems":10,"default":[]},"world":{"title":"the name of a WIT world such as \"wasm-plugin:abi/audio-effect\"","type":"string","maxLength":256,"pattern":"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*:[a-z][a-z0-9]*(?:-[a-z0-9]+)*/(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?=[0-9A-Za-z])[0-9]*(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)?)*(?:@[0-9A-Za-z.+-]+)?$"},"interfaces":{"description":"WIT interfaces that the plugin exports, for those who look for a plugin by what it can do.","type":"array","items":{"title":"the name of a WIT interface such as \"acme:audio/processor@1.0.0\"","type":"string","maxLength":256,"pattern":"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*:[a-z][a-z0-9]*(?:-[a-z0-9]+)*/(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?=[0-9A-Za-z])[0-9]*(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)?)*(?:@[0-9A-Za-z.+-]+)?$"},"maxItems":1000,"uniqueItems":true,"default":[]},"abi":{"title":"a range of versions such as \"^1.2.0\"","type":"string","minLength":1,"maxLength":256,"description":"Versions of wasm-plugin:abi that it was made for.","default":"*"},"engine":{"title":"a range of versions such as \"^1.2.0\"","type":"string","minLength":1,"maxLength":256,"description":"Versions of the engine that it runs on.","default":"*"},"dependencies":{"description":"Other plugins, by id.","type":"object","propertyNames":{"title":"an id such as \"acme.eq\": lower-case letters and digits, joined by \".\", \"-\" or \"_\"","type":"string","maxLength":128,"pattern":"^[a-z0-9]+(?:[._-][a-z0-9]+)*$"},"maxProperties":1000,"additionalProperties":{"title":"a range of versions, or an object with \"range\"","anyOf":[{"title":"a range of versions such as \"^1.2.0\"","type":"string","minLength":1,"maxLength":256},{"type":"object","properties":{"range":{"title":"a range of versions such as \"^1.2.0\"","type":"string","minLength":1,"maxLength":256},"optional":{"type":"boolean","description":"Whether the plugin also works without it. Where it is not there: false."}},"required":["range"],"additionalProperties":false}]},"default":{}},"permissions":{"type":"array","items":{"type":"object","properties":{"capability":{"type":"string","minLength":1,"maxLength":10000,"title":"a capability such as \"fs:/data:ro\", \"http:example.com\", \"env:HOME\", \"log\", \"clock\"","examples":["log","config","clock","random","stdio","fs:/data:ro","http:example.com","env:HOME"]},"reason":{"type":"string","minLength":1,"maxLength":10000,"title":"why the plugin needs it, for the person who grants it"},"required":{"type":"boolean","default":true,"description":"Whether the plugin cannot work without it."}},"required":["capability","reason"],"additionalProperties":false},"maxItems":1000,"default":[]},"limits":{"description":"What the plugin may use at most. It can only lower what the host allows.","type":"object","properties":{"memoryBytes":{"type":["number","string"],"description":"In bytes, or text with a unit."},"tableElements":{"type":["number","string"],"description":"A count, or \"none\"."},"fuel":{"type":["number","string"],"description":"A count, or \"none\"."},"fuelTotal":{"type":["number","string"],"description":"A count, or \"none\"."},"timeMs":{"type":["number","string"],"description":"In ms, or text with a unit."},"wallMs":{"type":["number","string"],"description":"In ms, or text with a unit."},"stackDepth":{"type":["number","string"],"description":"A count, or \"none\"."},"hostCalls":{"type":["number","string"],"description":"A count, or \"none\"."},"hostBytes":{"type":["number","string"],"description":"In bytes, or text with a unit."},"handles":{"type":["number","string"],"description":"A count, or \"none\"."},"linkBytes":{"type":["number","string"],"description":"In bytes, or text with a unit."},"instances":{"type":["number","string"],"description":"A count, or \"none\"."},"stateBytes":{"type":["number","string"],"description":"In bytes, or text with a unit."},"logLinesPerSecond":{"type":["number","string"],"description":"A count, or \"none\"."},"strictMemory":{"type":"boolean"},"unboundedHeap":{"type":"boolean"}},"additionalProperties":false,"default":{}},"config":{"description":"The settings that a user may make.","type":"object","properties":{"schema":{"$ref":"#/$defs/jsonSchema"}},"required":["schema"],"additionalProperties":false},"state":{"description":"What the plugin saves and can take over. Left out: the plugin has no state.","type":"object","properties":{"schema":{"type":"integer","minimum":0,"maximum":4294967295,"title":"the number of the state format that the plugin writes"},"restores":{"description":"The older state formats that it can restore from.","type":"array","items":{"type":"integer","minimum":0,"maximum":4294967295},"maxItems":1000,"uniqueItems":true,"default":[]},"versions":{"title":"a range of versions such as \"^1.2.0\"","type":"string","minLength":1,"maxLength":256,"description":"The versions whose state it can restore from.","default":"*"}},"required":["schema"],"additionalProperties":false},"reload":{"description":"How the plugin wants to be replaced by another version while it runs.","type":"object","properties":{"enabled":{"type":"boolean","default":true},"strategy":{"enum":["immediate","when-idle","blue-green"],"default":"immediate","description":"When calls go to the new version. A time to do it at is for the host to give."},"policy":{"enum":["keep-old","discard-state","last-good"],"default":"keep-old","description":"What to do when the state cannot be carried over."},"confirmCalls":{"type":"integer","minimum":0,"maximum":4294967295,"default":100,"description":"Calls without a trap until the old version goes."},"confirmMs":{"type":"number","minimum":0,"maximum":2147483647,"default":10000,"description":"Time without a trap until the old version goes."}},"additionalProperties":false,"default":{}},"update":{"description":"Which new versions it may be replaced by.","type":"object","properties":{"channel":{"title":"a channel such as \"stable\" or \"beta\"","type":"string","maxLength":32,"pattern":"^[a-z][a-z0-9]*$","default":"stable"}},"additionalProperties":false,"default":{}},"build":{"description":"How the plugin is made from its sources, for \"wasm-plugin dev\". A host never runs it.","type":"object","properties":{"command":{"type":"string","minLength":1,"maxLength":10000,"title":"a command line that writes the file named by \"entry\", such as \"make\""}},"required":["command"],"additionalProperties":false}},"required":["id","name","version","world"],"additionalProperties":false,"$defs":{"jsonSchema":{"title":"a JSON Schema","type":"object","properties":{"$schema":{"type":"string","maxLength":10000},"$id":{"type":"string","maxLength":10000},"$comment":{"type":"string","maxLength":10000},"$ref":{"title":"\"#\" or \"#/$defs/<name>\"","type":"string","pattern":"^#(?:/\\$defs/[^/]+)?$"},"$defs":{"type":"object","maxProperties":1000,"additionalProperties":{"$ref":"#/$defs/jsonSchema"}},"title":{"type":"string","maxLength":10000},"description":{"type":"string","maxLength":10000},"default":{},"examples":{"type":"array","items":{}},"deprecated":{"type":"boolean"},"format":{"type":"string","maxLength":10000,"description":"An annotation; it is not checked."},"type":{"title":"a type, or an array of types","anyOf":[{"type":"string","enum":["null","boolean","integer","number","string","array","object"]},{"type":"array","items":{"type":"string","enum":["null","boolean","integer","number","string","array","object"]},"minItems":1,"uniqueItems":true}]},"enum":{"type":"array","items":{},"minItems":1,"maxItems":10000},"const":{},"anyOf":{"type":"array","items":{"$ref":"#/$defs/jsonSchema"},"minItems":1,"maxItems":100},"allOf":{"type":"array","items":{"$ref":"#/$defs/jsonSchema"},"minItems":1,"maxItems":100},"minimum":{"type":"number"},"maximum":{"type":"number"},"exclusiveMinimum":{"type":"number"},"exclusiveMaximum":{"type":"number"},"multipleOf":{"type":"number","exclusiveMinimum":0},"minLength":{"type":"integer","minimum":0},"maxLength":{"type":"integer","minimum":0},"items":{"$ref":"#/$defs/jsonSchema"},"minItems":{"type":"integer","minimum":0},"maxItems":{"type":"integer","minimum":0},"uniqueItems":{"type":"boolean"},"properties":{"type":"object","maxProperties":1000,"propertyNames":{"title":"letters, digits, \"-\" and \"_\": a setting is called by its path, joined by dots","pattern":"^[A-Za-z0-9_-]{1,64}$"},"additionalProperties":{"$ref":"#/$defs/jsonSchema"}},"required":{"type":"array","items":{"type":"string","maxLength":10000},"uniqueItems":true},"additionalProperties":{"title":"true, false or a schema","anyOf":[{"type":"boolean"},{"$ref":"#/$defs/jsonSchema"}]},"propertyNames":{"$ref":"#/$defs/jsonSchema"},"maxProperties":{"type":"integer","minimum":0}},"additionalProperties":false}}};
const func1 = Object.prototype.hasOwnProperty;
const func2 = function ucs2length(str) {
    const len = str.length;
    let length = 0;
    let pos = 0;
    let value;
    while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 0xd800 && value <= 0xdbff && pos < len) {
            // high surrogate, and there is a next character
            value = str.charCodeAt(pos);
            if ((value & 0xfc00) === 0xdc00)
                pos++; // low surrogate
        }
    }
    return length;
};
const pattern4 = new RegExp("^[a-z0-9]+(?:[._-][a-z0-9]+)*$", "u");
const pattern5 = new RegExp("^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$", "u");
const pattern6 = new RegExp("^https?://[^\\s]+$", "u");
const pattern7 = new RegExp("^[a-z][a-z0-9]*(?:-[a-z0-9]+)*:[a-z][a-z0-9]*(?:-[a-z0-9]+)*/(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?=[0-9A-Za-z])[0-9]*(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)?)*(?:@[0-9A-Za-z.+-]+)?$", "u");
const pattern12 = new RegExp("^[a-z][a-z0-9]*$", "u");
const schema32 = {"title":"a JSON Schema","type":"object","properties":{"$schema":{"type":"string","maxLength":10000},"$id":{"type":"string","maxLength":10000},"$comment":{"type":"string","maxLength":10000},"$ref":{"title":"\"#\" or \"#/$defs/<name>\"","type":"string","pattern":"^#(?:/\\$defs/[^/]+)?$"},"$defs":{"type":"object","maxProperties":1000,"additionalProperties":{"$ref":"#/$defs/jsonSchema"}},"title":{"type":"string","maxLength":10000},"description":{"type":"string","maxLength":10000},"default":{},"examples":{"type":"array","items":{}},"deprecated":{"type":"boolean"},"format":{"type":"string","maxLength":10000,"description":"An annotation; it is not checked."},"type":{"title":"a type, or an array of types","anyOf":[{"type":"string","enum":["null","boolean","integer","number","string","array","object"]},{"type":"array","items":{"type":"string","enum":["null","boolean","integer","number","string","array","object"]},"minItems":1,"uniqueItems":true}]},"enum":{"type":"array","items":{},"minItems":1,"maxItems":10000},"const":{},"anyOf":{"type":"array","items":{"$ref":"#/$defs/jsonSchema"},"minItems":1,"maxItems":100},"allOf":{"type":"array","items":{"$ref":"#/$defs/jsonSchema"},"minItems":1,"maxItems":100},"minimum":{"type":"number"},"maximum":{"type":"number"},"exclusiveMinimum":{"type":"number"},"exclusiveMaximum":{"type":"number"},"multipleOf":{"type":"number","exclusiveMinimum":0},"minLength":{"type":"integer","minimum":0},"maxLength":{"type":"integer","minimum":0},"items":{"$ref":"#/$defs/jsonSchema"},"minItems":{"type":"integer","minimum":0},"maxItems":{"type":"integer","minimum":0},"uniqueItems":{"type":"boolean"},"properties":{"type":"object","maxProperties":1000,"propertyNames":{"title":"letters, digits, \"-\" and \"_\": a setting is called by its path, joined by dots","pattern":"^[A-Za-z0-9_-]{1,64}$"},"additionalProperties":{"$ref":"#/$defs/jsonSchema"}},"required":{"type":"array","items":{"type":"string","maxLength":10000},"uniqueItems":true},"additionalProperties":{"title":"true, false or a schema","anyOf":[{"type":"boolean"},{"$ref":"#/$defs/jsonSchema"}]},"propertyNames":{"$ref":"#/$defs/jsonSchema"},"maxProperties":{"type":"integer","minimum":0}},"additionalProperties":false};
const pattern10 = new RegExp("^#(?:/\\$defs/[^/]+)?$", "u");
const pattern11 = new RegExp("^[A-Za-z0-9_-]{1,64}$", "u");
const wrapper0 = {validate: validate21};

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema32.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 === "string"){
if(func2(data0) > 10000){
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema32.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},schema:schema32.properties.$schema.type,parentSchema:schema32.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.$id !== undefined){
let data1 = data.$id;
if(typeof data1 === "string"){
if(func2(data1) > 10000){
const err3 = {instancePath:instancePath+"/$id",schemaPath:"#/properties/%24id/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema32.properties.$id,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/$id",schemaPath:"#/properties/%24id/type",keyword:"type",params:{type: "string"},schema:schema32.properties.$id.type,parentSchema:schema32.properties.$id,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.$comment !== undefined){
let data2 = data.$comment;
if(typeof data2 === "string"){
if(func2(data2) > 10000){
const err5 = {instancePath:instancePath+"/$comment",schemaPath:"#/properties/%24comment/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema32.properties.$comment,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/$comment",schemaPath:"#/properties/%24comment/type",keyword:"type",params:{type: "string"},schema:schema32.properties.$comment.type,parentSchema:schema32.properties.$comment,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.$ref !== undefined){
let data3 = data.$ref;
if(typeof data3 === "string"){
if(!pattern10.test(data3)){
const err7 = {instancePath:instancePath+"/$ref",schemaPath:"#/properties/%24ref/pattern",keyword:"pattern",params:{pattern: "^#(?:/\\$defs/[^/]+)?$"},schema:"^#(?:/\\$defs/[^/]+)?$",parentSchema:schema32.properties.$ref,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/$ref",schemaPath:"#/properties/%24ref/type",keyword:"type",params:{type: "string"},schema:schema32.properties.$ref.type,parentSchema:schema32.properties.$ref,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.$defs !== undefined){
let data4 = data.$defs;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length > 1000){
const err9 = {instancePath:instancePath+"/$defs",schemaPath:"#/properties/%24defs/maxProperties",keyword:"maxProperties",params:{limit: 1000},schema:1000,parentSchema:schema32.properties.$defs,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key1 in data4){
if(!(wrapper0.validate(data4[key1], {instancePath:instancePath+"/$defs/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/$defs",schemaPath:"#/properties/%24defs/type",keyword:"type",params:{type: "object"},schema:schema32.properties.$defs.type,parentSchema:schema32.properties.$defs,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.title !== undefined){
let data6 = data.title;
if(typeof data6 === "string"){
if(func2(data6) > 10000){
const err11 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema32.properties.title,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/type",keyword:"type",params:{type: "string"},schema:schema32.properties.title.type,parentSchema:schema32.properties.title,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.description !== undefined){
let data7 = data.description;
if(typeof data7 === "string"){
if(func2(data7) > 10000){
const err13 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema32.properties.description,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},schema:schema32.properties.description.type,parentSchema:schema32.properties.description,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.examples !== undefined){
let data8 = data.examples;
if(!(Array.isArray(data8))){
const err15 = {instancePath:instancePath+"/examples",schemaPath:"#/properties/examples/type",keyword:"type",params:{type: "array"},schema:schema32.properties.examples.type,parentSchema:schema32.properties.examples,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.deprecated !== undefined){
let data9 = data.deprecated;
if(typeof data9 !== "boolean"){
const err16 = {instancePath:instancePath+"/deprecated",schemaPath:"#/properties/deprecated/type",keyword:"type",params:{type: "boolean"},schema:schema32.properties.deprecated.type,parentSchema:schema32.properties.deprecated,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.format !== undefined){
let data10 = data.format;
if(typeof data10 === "string"){
if(func2(data10) > 10000){
const err17 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema32.properties.format,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/type",keyword:"type",params:{type: "string"},schema:schema32.properties.format.type,parentSchema:schema32.properties.format,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.type !== undefined){
let data11 = data.type;
const _errs25 = errors;
let valid2 = false;
const _errs26 = errors;
if(typeof data11 !== "string"){
const err19 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/anyOf/0/type",keyword:"type",params:{type: "string"},schema:schema32.properties.type.anyOf[0].type,parentSchema:schema32.properties.type.anyOf[0],data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!(((((((data11 === "null") || (data11 === "boolean")) || (data11 === "integer")) || (data11 === "number")) || (data11 === "string")) || (data11 === "array")) || (data11 === "object"))){
const err20 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema32.properties.type.anyOf[0].enum},schema:schema32.properties.type.anyOf[0].enum,parentSchema:schema32.properties.type.anyOf[0],data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
var _valid0 = _errs26 === errors;
valid2 = valid2 || _valid0;
const _errs28 = errors;
if(Array.isArray(data11)){
if(data11.length < 1){
const err21 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/anyOf/1/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema32.properties.type.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
if(typeof data12 !== "string"){
const err22 = {instancePath:instancePath+"/type/" + i0,schemaPath:"#/properties/type/anyOf/1/items/type",keyword:"type",params:{type: "string"},schema:schema32.properties.type.anyOf[1].items.type,parentSchema:schema32.properties.type.anyOf[1].items,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(!(((((((data12 === "null") || (data12 === "boolean")) || (data12 === "integer")) || (data12 === "number")) || (data12 === "string")) || (data12 === "array")) || (data12 === "object"))){
const err23 = {instancePath:instancePath+"/type/" + i0,schemaPath:"#/properties/type/anyOf/1/items/enum",keyword:"enum",params:{allowedValues: schema32.properties.type.anyOf[1].items.enum},schema:schema32.properties.type.anyOf[1].items.enum,parentSchema:schema32.properties.type.anyOf[1].items,data:data12};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
let i1 = data11.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data11[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err24 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/anyOf/1/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},schema:true,parentSchema:schema32.properties.type.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err25 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/anyOf/1/type",keyword:"type",params:{type: "array"},schema:schema32.properties.type.anyOf[1].type,parentSchema:schema32.properties.type.anyOf[1],data:data11};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
var _valid0 = _errs28 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const err26 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/anyOf",keyword:"anyOf",params:{},schema:schema32.properties.type.anyOf,parentSchema:schema32.properties.type,data:data11};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
else {
errors = _errs25;
if(vErrors !== null){
if(_errs25){
vErrors.length = _errs25;
}
else {
vErrors = null;
}
}
}
}
if(data.enum !== undefined){
let data13 = data.enum;
if(Array.isArray(data13)){
if(data13.length > 10000){
const err27 = {instancePath:instancePath+"/enum",schemaPath:"#/properties/enum/maxItems",keyword:"maxItems",params:{limit: 10000},schema:10000,parentSchema:schema32.properties.enum,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data13.length < 1){
const err28 = {instancePath:instancePath+"/enum",schemaPath:"#/properties/enum/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema32.properties.enum,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/enum",schemaPath:"#/properties/enum/type",keyword:"type",params:{type: "array"},schema:schema32.properties.enum.type,parentSchema:schema32.properties.enum,data:data13};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.anyOf !== undefined){
let data14 = data.anyOf;
if(Array.isArray(data14)){
if(data14.length > 100){
const err30 = {instancePath:instancePath+"/anyOf",schemaPath:"#/properties/anyOf/maxItems",keyword:"maxItems",params:{limit: 100},schema:100,parentSchema:schema32.properties.anyOf,data:data14};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data14.length < 1){
const err31 = {instancePath:instancePath+"/anyOf",schemaPath:"#/properties/anyOf/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema32.properties.anyOf,data:data14};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
const len1 = data14.length;
for(let i2=0; i2<len1; i2++){
if(!(wrapper0.validate(data14[i2], {instancePath:instancePath+"/anyOf/" + i2,parentData:data14,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
else {
const err32 = {instancePath:instancePath+"/anyOf",schemaPath:"#/properties/anyOf/type",keyword:"type",params:{type: "array"},schema:schema32.properties.anyOf.type,parentSchema:schema32.properties.anyOf,data:data14};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.allOf !== undefined){
let data16 = data.allOf;
if(Array.isArray(data16)){
if(data16.length > 100){
const err33 = {instancePath:instancePath+"/allOf",schemaPath:"#/properties/allOf/maxItems",keyword:"maxItems",params:{limit: 100},schema:100,parentSchema:schema32.properties.allOf,data:data16};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data16.length < 1){
const err34 = {instancePath:instancePath+"/allOf",schemaPath:"#/properties/allOf/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema32.properties.allOf,data:data16};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
const len2 = data16.length;
for(let i3=0; i3<len2; i3++){
if(!(wrapper0.validate(data16[i3], {instancePath:instancePath+"/allOf/" + i3,parentData:data16,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
else {
const err35 = {instancePath:instancePath+"/allOf",schemaPath:"#/properties/allOf/type",keyword:"type",params:{type: "array"},schema:schema32.properties.allOf.type,parentSchema:schema32.properties.allOf,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.minimum !== undefined){
let data18 = data.minimum;
if(!((typeof data18 == "number") && (isFinite(data18)))){
const err36 = {instancePath:instancePath+"/minimum",schemaPath:"#/properties/minimum/type",keyword:"type",params:{type: "number"},schema:schema32.properties.minimum.type,parentSchema:schema32.properties.minimum,data:data18};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.maximum !== undefined){
let data19 = data.maximum;
if(!((typeof data19 == "number") && (isFinite(data19)))){
const err37 = {instancePath:instancePath+"/maximum",schemaPath:"#/properties/maximum/type",keyword:"type",params:{type: "number"},schema:schema32.properties.maximum.type,parentSchema:schema32.properties.maximum,data:data19};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.exclusiveMinimum !== undefined){
let data20 = data.exclusiveMinimum;
if(!((typeof data20 == "number") && (isFinite(data20)))){
const err38 = {instancePath:instancePath+"/exclusiveMinimum",schemaPath:"#/properties/exclusiveMinimum/type",keyword:"type",params:{type: "number"},schema:schema32.properties.exclusiveMinimum.type,parentSchema:schema32.properties.exclusiveMinimum,data:data20};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.exclusiveMaximum !== undefined){
let data21 = data.exclusiveMaximum;
if(!((typeof data21 == "number") && (isFinite(data21)))){
const err39 = {instancePath:instancePath+"/exclusiveMaximum",schemaPath:"#/properties/exclusiveMaximum/type",keyword:"type",params:{type: "number"},schema:schema32.properties.exclusiveMaximum.type,parentSchema:schema32.properties.exclusiveMaximum,data:data21};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.multipleOf !== undefined){
let data22 = data.multipleOf;
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 <= 0 || isNaN(data22)){
const err40 = {instancePath:instancePath+"/multipleOf",schemaPath:"#/properties/multipleOf/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},schema:0,parentSchema:schema32.properties.multipleOf,data:data22};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/multipleOf",schemaPath:"#/properties/multipleOf/type",keyword:"type",params:{type: "number"},schema:schema32.properties.multipleOf.type,parentSchema:schema32.properties.multipleOf,data:data22};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.minLength !== undefined){
let data23 = data.minLength;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err42 = {instancePath:instancePath+"/minLength",schemaPath:"#/properties/minLength/type",keyword:"type",params:{type: "integer"},schema:schema32.properties.minLength.type,parentSchema:schema32.properties.minLength,data:data23};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 < 0 || isNaN(data23)){
const err43 = {instancePath:instancePath+"/minLength",schemaPath:"#/properties/minLength/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema32.properties.minLength,data:data23};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data.maxLength !== undefined){
let data24 = data.maxLength;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err44 = {instancePath:instancePath+"/maxLength",schemaPath:"#/properties/maxLength/type",keyword:"type",params:{type: "integer"},schema:schema32.properties.maxLength.type,parentSchema:schema32.properties.maxLength,data:data24};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 < 0 || isNaN(data24)){
const err45 = {instancePath:instancePath+"/maxLength",schemaPath:"#/properties/maxLength/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema32.properties.maxLength,data:data24};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
if(data.items !== undefined){
if(!(wrapper0.validate(data.items, {instancePath:instancePath+"/items",parentData:data,parentDataProperty:"items",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
if(data.minItems !== undefined){
let data26 = data.minItems;
if(!(((typeof data26 == "number") && (!(data26 % 1) && !isNaN(data26))) && (isFinite(data26)))){
const err46 = {instancePath:instancePath+"/minItems",schemaPath:"#/properties/minItems/type",keyword:"type",params:{type: "integer"},schema:schema32.properties.minItems.type,parentSchema:schema32.properties.minItems,data:data26};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 < 0 || isNaN(data26)){
const err47 = {instancePath:instancePath+"/minItems",schemaPath:"#/properties/minItems/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema32.properties.minItems,data:data26};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
if(data.maxItems !== undefined){
let data27 = data.maxItems;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err48 = {instancePath:instancePath+"/maxItems",schemaPath:"#/properties/maxItems/type",keyword:"type",params:{type: "integer"},schema:schema32.properties.maxItems.type,parentSchema:schema32.properties.maxItems,data:data27};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 < 0 || isNaN(data27)){
const err49 = {instancePath:instancePath+"/maxItems",schemaPath:"#/properties/maxItems/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema32.properties.maxItems,data:data27};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
if(data.uniqueItems !== undefined){
let data28 = data.uniqueItems;
if(typeof data28 !== "boolean"){
const err50 = {instancePath:instancePath+"/uniqueItems",schemaPath:"#/properties/uniqueItems/type",keyword:"type",params:{type: "boolean"},schema:schema32.properties.uniqueItems.type,parentSchema:schema32.properties.uniqueItems,data:data28};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data.properties !== undefined){
let data29 = data.properties;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(Object.keys(data29).length > 1000){
const err51 = {instancePath:instancePath+"/properties",schemaPath:"#/properties/properties/maxProperties",keyword:"maxProperties",params:{limit: 1000},schema:1000,parentSchema:schema32.properties.properties,data:data29};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
for(const key2 in data29){
const _errs63 = errors;
if(typeof key2 === "string"){
if(!pattern11.test(key2)){
const err52 = {instancePath:instancePath+"/properties",schemaPath:"#/properties/properties/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_-]{1,64}$"},schema:"^[A-Za-z0-9_-]{1,64}$",parentSchema:schema32.properties.properties.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
var valid10 = _errs63 === errors;
if(!valid10){
const err53 = {instancePath:instancePath+"/properties",schemaPath:"#/properties/properties/propertyNames",keyword:"propertyNames",params:{propertyName: key2},schema:schema32.properties.properties.propertyNames,parentSchema:schema32.properties.properties,data:data29};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
for(const key3 in data29){
if(!(wrapper0.validate(data29[key3], {instancePath:instancePath+"/properties/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data29,parentDataProperty:key3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
else {
const err54 = {instancePath:instancePath+"/properties",schemaPath:"#/properties/properties/type",keyword:"type",params:{type: "object"},schema:schema32.properties.properties.type,parentSchema:schema32.properties.properties,data:data29};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data.required !== undefined){
let data31 = data.required;
if(Array.isArray(data31)){
const len3 = data31.length;
for(let i4=0; i4<len3; i4++){
let data32 = data31[i4];
if(typeof data32 === "string"){
if(func2(data32) > 10000){
const err55 = {instancePath:instancePath+"/required/" + i4,schemaPath:"#/properties/required/items/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema32.properties.required.items,data:data32};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
else {
const err56 = {instancePath:instancePath+"/required/" + i4,schemaPath:"#/properties/required/items/type",keyword:"type",params:{type: "string"},schema:schema32.properties.required.items.type,parentSchema:schema32.properties.required.items,data:data32};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
let i5 = data31.length;
let j1;
if(i5 > 1){
const indices1 = {};
for(;i5--;){
let item1 = data31[i5];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err57 = {instancePath:instancePath+"/required",schemaPath:"#/properties/required/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j1},schema:true,parentSchema:schema32.properties.required,data:data31};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
break;
}
indices1[item1] = i5;
}
}
}
else {
const err58 = {instancePath:instancePath+"/required",schemaPath:"#/properties/required/type",keyword:"type",params:{type: "array"},schema:schema32.properties.required.type,parentSchema:schema32.properties.required,data:data31};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data.additionalProperties !== undefined){
let data33 = data.additionalProperties;
const _errs71 = errors;
let valid15 = false;
const _errs72 = errors;
if(typeof data33 !== "boolean"){
const err59 = {instancePath:instancePath+"/additionalProperties",schemaPath:"#/properties/additionalProperties/anyOf/0/type",keyword:"type",params:{type: "boolean"},schema:schema32.properties.additionalProperties.anyOf[0].type,parentSchema:schema32.properties.additionalProperties.anyOf[0],data:data33};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
var _valid1 = _errs72 === errors;
valid15 = valid15 || _valid1;
const _errs74 = errors;
if(!(wrapper0.validate(data33, {instancePath:instancePath+"/additionalProperties",parentData:data,parentDataProperty:"additionalProperties",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
var _valid1 = _errs74 === errors;
valid15 = valid15 || _valid1;
if(!valid15){
const err60 = {instancePath:instancePath+"/additionalProperties",schemaPath:"#/properties/additionalProperties/anyOf",keyword:"anyOf",params:{},schema:schema32.properties.additionalProperties.anyOf,parentSchema:schema32.properties.additionalProperties,data:data33};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
else {
errors = _errs71;
if(vErrors !== null){
if(_errs71){
vErrors.length = _errs71;
}
else {
vErrors = null;
}
}
}
}
if(data.propertyNames !== undefined){
if(!(wrapper0.validate(data.propertyNames, {instancePath:instancePath+"/propertyNames",parentData:data,parentDataProperty:"propertyNames",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
if(data.maxProperties !== undefined){
let data35 = data.maxProperties;
if(!(((typeof data35 == "number") && (!(data35 % 1) && !isNaN(data35))) && (isFinite(data35)))){
const err61 = {instancePath:instancePath+"/maxProperties",schemaPath:"#/properties/maxProperties/type",keyword:"type",params:{type: "integer"},schema:schema32.properties.maxProperties.type,parentSchema:schema32.properties.maxProperties,data:data35};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if((typeof data35 == "number") && (isFinite(data35))){
if(data35 < 0 || isNaN(data35)){
const err62 = {instancePath:instancePath+"/maxProperties",schemaPath:"#/properties/maxProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema32.properties.maxProperties,data:data35};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
}
else {
const err63 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.description === undefined){
data.description = "";
}
if(data.tags === undefined){
data.tags = [];
}
if(data.carrier === undefined){
data.carrier = "wasm";
}
if(data.platforms === undefined){
data.platforms = [];
}
if(data.fallbacks === undefined){
data.fallbacks = [];
}
if(data.interfaces === undefined){
data.interfaces = [];
}
if(data.abi === undefined){
data.abi = "*";
}
if(data.engine === undefined){
data.engine = "*";
}
if(data.dependencies === undefined){
data.dependencies = {};
}
if(data.permissions === undefined){
data.permissions = [];
}
if(data.limits === undefined){
data.limits = {};
}
if(data.reload === undefined){
data.reload = {};
}
if(data.update === undefined){
data.update = {};
}
if(data.id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.name === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.version === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.world === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "world"},schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},schema:schema31.properties.$schema.type,parentSchema:schema31.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.id !== undefined){
let data1 = data.id;
if(typeof data1 === "string"){
if(func2(data1) > 128){
const err6 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/maxLength",keyword:"maxLength",params:{limit: 128},schema:128,parentSchema:schema31.properties.id,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!pattern4.test(data1)){
const err7 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]+(?:[._-][a-z0-9]+)*$"},schema:"^[a-z0-9]+(?:[._-][a-z0-9]+)*$",parentSchema:schema31.properties.id,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},schema:schema31.properties.id.type,parentSchema:schema31.properties.id,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.name !== undefined){
let data2 = data.name;
if(typeof data2 === "string"){
if(func2(data2) > 10000){
const err9 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema31.properties.name,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func2(data2) < 1){
const err10 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.name,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema31.properties.name.type,parentSchema:schema31.properties.name,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.version !== undefined){
let data3 = data.version;
if(typeof data3 === "string"){
if(func2(data3) > 128){
const err12 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/maxLength",keyword:"maxLength",params:{limit: 128},schema:128,parentSchema:schema31.properties.version,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!pattern5.test(data3)){
const err13 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/pattern",keyword:"pattern",params:{pattern: "^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$"},schema:"^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$",parentSchema:schema31.properties.version,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},schema:schema31.properties.version.type,parentSchema:schema31.properties.version,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
let data4 = data.description;
if(typeof data4 === "string"){
if(func2(data4) > 10000){
const err15 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema31.properties.description,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},schema:schema31.properties.description.type,parentSchema:schema31.properties.description,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data.author !== undefined){
let data5 = data.author;
if(typeof data5 === "string"){
if(func2(data5) > 10000){
const err17 = {instancePath:instancePath+"/author",schemaPath:"#/properties/author/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema31.properties.author,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(func2(data5) < 1){
const err18 = {instancePath:instancePath+"/author",schemaPath:"#/properties/author/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.author,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/author",schemaPath:"#/properties/author/type",keyword:"type",params:{type: "string"},schema:schema31.properties.author.type,parentSchema:schema31.properties.author,data:data5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.license !== undefined){
let data6 = data.license;
if(typeof data6 === "string"){
if(func2(data6) > 10000){
const err20 = {instancePath:instancePath+"/license",schemaPath:"#/properties/license/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema31.properties.license,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(func2(data6) < 1){
const err21 = {instancePath:instancePath+"/license",schemaPath:"#/properties/license/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.license,data:data6};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/license",schemaPath:"#/properties/license/type",keyword:"type",params:{type: "string"},schema:schema31.properties.license.type,parentSchema:schema31.properties.license,data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.homepage !== undefined){
let data7 = data.homepage;
if(typeof data7 === "string"){
if(func2(data7) > 2048){
const err23 = {instancePath:instancePath+"/homepage",schemaPath:"#/properties/homepage/maxLength",keyword:"maxLength",params:{limit: 2048},schema:2048,parentSchema:schema31.properties.homepage,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(!pattern6.test(data7)){
const err24 = {instancePath:instancePath+"/homepage",schemaPath:"#/properties/homepage/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s]+$"},schema:"^https?://[^\\s]+$",parentSchema:schema31.properties.homepage,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/homepage",schemaPath:"#/properties/homepage/type",keyword:"type",params:{type: "string"},schema:schema31.properties.homepage.type,parentSchema:schema31.properties.homepage,data:data7};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
let data8 = data.tags;
if(Array.isArray(data8)){
if(data8.length > 100){
const err26 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxItems",keyword:"maxItems",params:{limit: 100},schema:100,parentSchema:schema31.properties.tags,data:data8};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(typeof data9 === "string"){
if(func2(data9) > 64){
const err27 = {instancePath:instancePath+"/tags/" + i0,schemaPath:"#/properties/tags/items/maxLength",keyword:"maxLength",params:{limit: 64},schema:64,parentSchema:schema31.properties.tags.items,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(func2(data9) < 1){
const err28 = {instancePath:instancePath+"/tags/" + i0,schemaPath:"#/properties/tags/items/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.tags.items,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/tags/" + i0,schemaPath:"#/properties/tags/items/type",keyword:"type",params:{type: "string"},schema:schema31.properties.tags.items.type,parentSchema:schema31.properties.tags.items,data:data9};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
let i1 = data8.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data8[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err30 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},schema:true,parentSchema:schema31.properties.tags,data:data8};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err31 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "array"},schema:schema31.properties.tags.type,parentSchema:schema31.properties.tags,data:data8};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
let data10 = data.carrier;
if(!(((data10 === "wasm") || (data10 === "library")) || (data10 === "rpc"))){
const err32 = {instancePath:instancePath+"/carrier",schemaPath:"#/properties/carrier/enum",keyword:"enum",params:{allowedValues: schema31.properties.carrier.enum},schema:schema31.properties.carrier.enum,parentSchema:schema31.properties.carrier,data:data10};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data.entry !== undefined){
let data11 = data.entry;
if(typeof data11 === "string"){
if(func2(data11) > 1024){
const err33 = {instancePath:instancePath+"/entry",schemaPath:"#/properties/entry/maxLength",keyword:"maxLength",params:{limit: 1024},schema:1024,parentSchema:schema31.properties.entry,data:data11};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(func2(data11) < 1){
const err34 = {instancePath:instancePath+"/entry",schemaPath:"#/properties/entry/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.entry,data:data11};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/entry",schemaPath:"#/properties/entry/type",keyword:"type",params:{type: "string"},schema:schema31.properties.entry.type,parentSchema:schema31.properties.entry,data:data11};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
let data12 = data.platforms;
if(Array.isArray(data12)){
if(data12.length > 100){
const err36 = {instancePath:instancePath+"/platforms",schemaPath:"#/properties/platforms/maxItems",keyword:"maxItems",params:{limit: 100},schema:100,parentSchema:schema31.properties.platforms,data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
const len1 = data12.length;
for(let i2=0; i2<len1; i2++){
let data13 = data12[i2];
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(data13.entry === undefined){
const err37 = {instancePath:instancePath+"/platforms/" + i2,schemaPath:"#/properties/platforms/items/required",keyword:"required",params:{missingProperty: "entry"},schema:schema31.properties.platforms.items.required,parentSchema:schema31.properties.platforms.items,data:data13};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
for(const key1 in data13){
if(!((((key1 === "os") || (key1 === "cpu")) || (key1 === "libc")) || (key1 === "entry"))){
const err38 = {instancePath:instancePath+"/platforms/" + i2,schemaPath:"#/properties/platforms/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},schema:false,parentSchema:schema31.properties.platforms.items,data:data13};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data13.os !== undefined){
let data14 = data13.os;
if(!((((data14 === "linux") || (data14 === "darwin")) || (data14 === "win32")) || (data14 === "freebsd"))){
const err39 = {instancePath:instancePath+"/platforms/" + i2+"/os",schemaPath:"#/properties/platforms/items/properties/os/enum",keyword:"enum",params:{allowedValues: schema31.properties.platforms.items.properties.os.enum},schema:schema31.properties.platforms.items.properties.os.enum,parentSchema:schema31.properties.platforms.items.properties.os,data:data14};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data13.cpu !== undefined){
let data15 = data13.cpu;
if(!(((((data15 === "x64") || (data15 === "arm64")) || (data15 === "ia32")) || (data15 === "arm")) || (data15 === "riscv64"))){
const err40 = {instancePath:instancePath+"/platforms/" + i2+"/cpu",schemaPath:"#/properties/platforms/items/properties/cpu/enum",keyword:"enum",params:{allowedValues: schema31.properties.platforms.items.properties.cpu.enum},schema:schema31.properties.platforms.items.properties.cpu.enum,parentSchema:schema31.properties.platforms.items.properties.cpu,data:data15};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data13.libc !== undefined){
let data16 = data13.libc;
if(!((data16 === "glibc") || (data16 === "musl"))){
const err41 = {instancePath:instancePath+"/platforms/" + i2+"/libc",schemaPath:"#/properties/platforms/items/properties/libc/enum",keyword:"enum",params:{allowedValues: schema31.properties.platforms.items.properties.libc.enum},schema:schema31.properties.platforms.items.properties.libc.enum,parentSchema:schema31.properties.platforms.items.properties.libc,data:data16};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data13.entry !== undefined){
let data17 = data13.entry;
if(typeof data17 === "string"){
if(func2(data17) > 1024){
const err42 = {instancePath:instancePath+"/platforms/" + i2+"/entry",schemaPath:"#/properties/platforms/items/properties/entry/maxLength",keyword:"maxLength",params:{limit: 1024},schema:1024,parentSchema:schema31.properties.platforms.items.properties.entry,data:data17};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(func2(data17) < 1){
const err43 = {instancePath:instancePath+"/platforms/" + i2+"/entry",schemaPath:"#/properties/platforms/items/properties/entry/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.platforms.items.properties.entry,data:data17};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/platforms/" + i2+"/entry",schemaPath:"#/properties/platforms/items/properties/entry/type",keyword:"type",params:{type: "string"},schema:schema31.properties.platforms.items.properties.entry.type,parentSchema:schema31.properties.platforms.items.properties.entry,data:data17};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/platforms/" + i2,schemaPath:"#/properties/platforms/items/type",keyword:"type",params:{type: "object"},schema:schema31.properties.platforms.items.type,parentSchema:schema31.properties.platforms.items,data:data13};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath:instancePath+"/platforms",schemaPath:"#/properties/platforms/type",keyword:"type",params:{type: "array"},schema:schema31.properties.platforms.type,parentSchema:schema31.properties.platforms,data:data12};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
let data18 = data.fallbacks;
if(Array.isArray(data18)){
if(data18.length > 10){
const err47 = {instancePath:instancePath+"/fallbacks",schemaPath:"#/properties/fallbacks/maxItems",keyword:"maxItems",params:{limit: 10},schema:10,parentSchema:schema31.properties.fallbacks,data:data18};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
const len2 = data18.length;
for(let i3=0; i3<len2; i3++){
let data19 = data18[i3];
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(data19.carrier === undefined){
const err48 = {instancePath:instancePath+"/fallbacks/" + i3,schemaPath:"#/properties/fallbacks/items/required",keyword:"required",params:{missingProperty: "carrier"},schema:schema31.properties.fallbacks.items.required,parentSchema:schema31.properties.fallbacks.items,data:data19};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data19.entry === undefined){
const err49 = {instancePath:instancePath+"/fallbacks/" + i3,schemaPath:"#/properties/fallbacks/items/required",keyword:"required",params:{missingProperty: "entry"},schema:schema31.properties.fallbacks.items.required,parentSchema:schema31.properties.fallbacks.items,data:data19};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
for(const key2 in data19){
if(!((key2 === "carrier") || (key2 === "entry"))){
const err50 = {instancePath:instancePath+"/fallbacks/" + i3,schemaPath:"#/properties/fallbacks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},schema:false,parentSchema:schema31.properties.fallbacks.items,data:data19};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data19.carrier !== undefined){
let data20 = data19.carrier;
if(!(((data20 === "wasm") || (data20 === "library")) || (data20 === "rpc"))){
const err51 = {instancePath:instancePath+"/fallbacks/" + i3+"/carrier",schemaPath:"#/properties/fallbacks/items/properties/carrier/enum",keyword:"enum",params:{allowedValues: schema31.properties.fallbacks.items.properties.carrier.enum},schema:schema31.properties.fallbacks.items.properties.carrier.enum,parentSchema:schema31.properties.fallbacks.items.properties.carrier,data:data20};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data19.entry !== undefined){
let data21 = data19.entry;
if(typeof data21 === "string"){
if(func2(data21) > 1024){
const err52 = {instancePath:instancePath+"/fallbacks/" + i3+"/entry",schemaPath:"#/properties/fallbacks/items/properties/entry/maxLength",keyword:"maxLength",params:{limit: 1024},schema:1024,parentSchema:schema31.properties.fallbacks.items.properties.entry,data:data21};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(func2(data21) < 1){
const err53 = {instancePath:instancePath+"/fallbacks/" + i3+"/entry",schemaPath:"#/properties/fallbacks/items/properties/entry/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.fallbacks.items.properties.entry,data:data21};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/fallbacks/" + i3+"/entry",schemaPath:"#/properties/fallbacks/items/properties/entry/type",keyword:"type",params:{type: "string"},schema:schema31.properties.fallbacks.items.properties.entry.type,parentSchema:schema31.properties.fallbacks.items.properties.entry,data:data21};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/fallbacks/" + i3,schemaPath:"#/properties/fallbacks/items/type",keyword:"type",params:{type: "object"},schema:schema31.properties.fallbacks.items.type,parentSchema:schema31.properties.fallbacks.items,data:data19};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath:instancePath+"/fallbacks",schemaPath:"#/properties/fallbacks/type",keyword:"type",params:{type: "array"},schema:schema31.properties.fallbacks.type,parentSchema:schema31.properties.fallbacks,data:data18};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(data.world !== undefined){
let data22 = data.world;
if(typeof data22 === "string"){
if(func2(data22) > 256){
const err57 = {instancePath:instancePath+"/world",schemaPath:"#/properties/world/maxLength",keyword:"maxLength",params:{limit: 256},schema:256,parentSchema:schema31.properties.world,data:data22};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(!pattern7.test(data22)){
const err58 = {instancePath:instancePath+"/world",schemaPath:"#/properties/world/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*:[a-z][a-z0-9]*(?:-[a-z0-9]+)*/(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?=[0-9A-Za-z])[0-9]*(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)?)*(?:@[0-9A-Za-z.+-]+)?$"},schema:"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*:[a-z][a-z0-9]*(?:-[a-z0-9]+)*/(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?=[0-9A-Za-z])[0-9]*(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)?)*(?:@[0-9A-Za-z.+-]+)?$",parentSchema:schema31.properties.world,data:data22};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/world",schemaPath:"#/properties/world/type",keyword:"type",params:{type: "string"},schema:schema31.properties.world.type,parentSchema:schema31.properties.world,data:data22};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
let data23 = data.interfaces;
if(Array.isArray(data23)){
if(data23.length > 1000){
const err60 = {instancePath:instancePath+"/interfaces",schemaPath:"#/properties/interfaces/maxItems",keyword:"maxItems",params:{limit: 1000},schema:1000,parentSchema:schema31.properties.interfaces,data:data23};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
const len3 = data23.length;
for(let i4=0; i4<len3; i4++){
let data24 = data23[i4];
if(typeof data24 === "string"){
if(func2(data24) > 256){
const err61 = {instancePath:instancePath+"/interfaces/" + i4,schemaPath:"#/properties/interfaces/items/maxLength",keyword:"maxLength",params:{limit: 256},schema:256,parentSchema:schema31.properties.interfaces.items,data:data24};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(!pattern7.test(data24)){
const err62 = {instancePath:instancePath+"/interfaces/" + i4,schemaPath:"#/properties/interfaces/items/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*:[a-z][a-z0-9]*(?:-[a-z0-9]+)*/(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?=[0-9A-Za-z])[0-9]*(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)?)*(?:@[0-9A-Za-z.+-]+)?$"},schema:"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*:[a-z][a-z0-9]*(?:-[a-z0-9]+)*/(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?=[0-9A-Za-z])[0-9]*(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)?)*(?:@[0-9A-Za-z.+-]+)?$",parentSchema:schema31.properties.interfaces.items,data:data24};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/interfaces/" + i4,schemaPath:"#/properties/interfaces/items/type",keyword:"type",params:{type: "string"},schema:schema31.properties.interfaces.items.type,parentSchema:schema31.properties.interfaces.items,data:data24};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
let i5 = data23.length;
let j1;
if(i5 > 1){
const indices1 = {};
for(;i5--;){
let item1 = data23[i5];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err64 = {instancePath:instancePath+"/interfaces",schemaPath:"#/properties/interfaces/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j1},schema:true,parentSchema:schema31.properties.interfaces,data:data23};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
break;
}
indices1[item1] = i5;
}
}
}
else {
const err65 = {instancePath:instancePath+"/interfaces",schemaPath:"#/properties/interfaces/type",keyword:"type",params:{type: "array"},schema:schema31.properties.interfaces.type,parentSchema:schema31.properties.interfaces,data:data23};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
let data25 = data.abi;
if(typeof data25 === "string"){
if(func2(data25) > 256){
const err66 = {instancePath:instancePath+"/abi",schemaPath:"#/properties/abi/maxLength",keyword:"maxLength",params:{limit: 256},schema:256,parentSchema:schema31.properties.abi,data:data25};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(func2(data25) < 1){
const err67 = {instancePath:instancePath+"/abi",schemaPath:"#/properties/abi/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.abi,data:data25};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
else {
const err68 = {instancePath:instancePath+"/abi",schemaPath:"#/properties/abi/type",keyword:"type",params:{type: "string"},schema:schema31.properties.abi.type,parentSchema:schema31.properties.abi,data:data25};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
let data26 = data.engine;
if(typeof data26 === "string"){
if(func2(data26) > 256){
const err69 = {instancePath:instancePath+"/engine",schemaPath:"#/properties/engine/maxLength",keyword:"maxLength",params:{limit: 256},schema:256,parentSchema:schema31.properties.engine,data:data26};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(func2(data26) < 1){
const err70 = {instancePath:instancePath+"/engine",schemaPath:"#/properties/engine/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.engine,data:data26};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/engine",schemaPath:"#/properties/engine/type",keyword:"type",params:{type: "string"},schema:schema31.properties.engine.type,parentSchema:schema31.properties.engine,data:data26};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
let data27 = data.dependencies;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(Object.keys(data27).length > 1000){
const err72 = {instancePath:instancePath+"/dependencies",schemaPath:"#/properties/dependencies/maxProperties",keyword:"maxProperties",params:{limit: 1000},schema:1000,parentSchema:schema31.properties.dependencies,data:data27};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
for(const key3 in data27){
const _errs55 = errors;
if(typeof key3 === "string"){
if(func2(key3) > 128){
const err73 = {instancePath:instancePath+"/dependencies",schemaPath:"#/properties/dependencies/propertyNames/maxLength",keyword:"maxLength",params:{limit: 128},schema:128,parentSchema:schema31.properties.dependencies.propertyNames,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
if(!pattern4.test(key3)){
const err74 = {instancePath:instancePath+"/dependencies",schemaPath:"#/properties/dependencies/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]+(?:[._-][a-z0-9]+)*$"},schema:"^[a-z0-9]+(?:[._-][a-z0-9]+)*$",parentSchema:schema31.properties.dependencies.propertyNames,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else {
const err75 = {instancePath:instancePath+"/dependencies",schemaPath:"#/properties/dependencies/propertyNames/type",keyword:"type",params:{type: "string"},schema:schema31.properties.dependencies.propertyNames.type,parentSchema:schema31.properties.dependencies.propertyNames,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
var valid13 = _errs55 === errors;
if(!valid13){
const err76 = {instancePath:instancePath+"/dependencies",schemaPath:"#/properties/dependencies/propertyNames",keyword:"propertyNames",params:{propertyName: key3},schema:schema31.properties.dependencies.propertyNames,parentSchema:schema31.properties.dependencies,data:data27};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
for(const key4 in data27){
let data28 = data27[key4];
const _errs59 = errors;
let valid15 = false;
const _errs60 = errors;
if(typeof data28 === "string"){
if(func2(data28) > 256){
const err77 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/dependencies/additionalProperties/anyOf/0/maxLength",keyword:"maxLength",params:{limit: 256},schema:256,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[0],data:data28};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(func2(data28) < 1){
const err78 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/dependencies/additionalProperties/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[0],data:data28};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/dependencies/additionalProperties/anyOf/0/type",keyword:"type",params:{type: "string"},schema:schema31.properties.dependencies.additionalProperties.anyOf[0].type,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[0],data:data28};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
var _valid0 = _errs60 === errors;
valid15 = valid15 || _valid0;
const _errs62 = errors;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.range === undefined){
const err80 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/dependencies/additionalProperties/anyOf/1/required",keyword:"required",params:{missingProperty: "range"},schema:schema31.properties.dependencies.additionalProperties.anyOf[1].required,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[1],data:data28};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
for(const key5 in data28){
if(!((key5 === "range") || (key5 === "optional"))){
const err81 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/dependencies/additionalProperties/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},schema:false,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[1],data:data28};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data28.range !== undefined){
let data29 = data28.range;
if(typeof data29 === "string"){
if(func2(data29) > 256){
const err82 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/range",schemaPath:"#/properties/dependencies/additionalProperties/anyOf/1/properties/range/maxLength",keyword:"maxLength",params:{limit: 256},schema:256,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[1].properties.range,data:data29};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(func2(data29) < 1){
const err83 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/range",schemaPath:"#/properties/dependencies/additionalProperties/anyOf/1/properties/range/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[1].properties.range,data:data29};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/range",schemaPath:"#/properties/dependencies/additionalProperties/anyOf/1/properties/range/type",keyword:"type",params:{type: "string"},schema:schema31.properties.dependencies.additionalProperties.anyOf[1].properties.range.type,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[1].properties.range,data:data29};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data28.optional !== undefined){
let data30 = data28.optional;
if(typeof data30 !== "boolean"){
const err85 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/optional",schemaPath:"#/properties/dependencies/additionalProperties/anyOf/1/properties/optional/type",keyword:"type",params:{type: "boolean"},schema:schema31.properties.dependencies.additionalProperties.anyOf[1].properties.optional.type,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[1].properties.optional,data:data30};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
else {
const err86 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/dependencies/additionalProperties/anyOf/1/type",keyword:"type",params:{type: "object"},schema:schema31.properties.dependencies.additionalProperties.anyOf[1].type,parentSchema:schema31.properties.dependencies.additionalProperties.anyOf[1],data:data28};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
var _valid0 = _errs62 === errors;
valid15 = valid15 || _valid0;
if(!valid15){
const err87 = {instancePath:instancePath+"/dependencies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/dependencies/additionalProperties/anyOf",keyword:"anyOf",params:{},schema:schema31.properties.dependencies.additionalProperties.anyOf,parentSchema:schema31.properties.dependencies.additionalProperties,data:data28};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
else {
errors = _errs59;
if(vErrors !== null){
if(_errs59){
vErrors.length = _errs59;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err88 = {instancePath:instancePath+"/dependencies",schemaPath:"#/properties/dependencies/type",keyword:"type",params:{type: "object"},schema:schema31.properties.dependencies.type,parentSchema:schema31.properties.dependencies,data:data27};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
let data31 = data.permissions;
if(Array.isArray(data31)){
if(data31.length > 1000){
const err89 = {instancePath:instancePath+"/permissions",schemaPath:"#/properties/permissions/maxItems",keyword:"maxItems",params:{limit: 1000},schema:1000,parentSchema:schema31.properties.permissions,data:data31};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
const len4 = data31.length;
for(let i6=0; i6<len4; i6++){
let data32 = data31[i6];
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
if(data32.required === undefined){
data32.required = true;
}
if(data32.capability === undefined){
const err90 = {instancePath:instancePath+"/permissions/" + i6,schemaPath:"#/properties/permissions/items/required",keyword:"required",params:{missingProperty: "capability"},schema:schema31.properties.permissions.items.required,parentSchema:schema31.properties.permissions.items,data:data32};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data32.reason === undefined){
const err91 = {instancePath:instancePath+"/permissions/" + i6,schemaPath:"#/properties/permissions/items/required",keyword:"required",params:{missingProperty: "reason"},schema:schema31.properties.permissions.items.required,parentSchema:schema31.properties.permissions.items,data:data32};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
for(const key6 in data32){
if(!(((key6 === "capability") || (key6 === "reason")) || (key6 === "required"))){
const err92 = {instancePath:instancePath+"/permissions/" + i6,schemaPath:"#/properties/permissions/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},schema:false,parentSchema:schema31.properties.permissions.items,data:data32};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data32.capability !== undefined){
let data33 = data32.capability;
if(typeof data33 === "string"){
if(func2(data33) > 10000){
const err93 = {instancePath:instancePath+"/permissions/" + i6+"/capability",schemaPath:"#/properties/permissions/items/properties/capability/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema31.properties.permissions.items.properties.capability,data:data33};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
if(func2(data33) < 1){
const err94 = {instancePath:instancePath+"/permissions/" + i6+"/capability",schemaPath:"#/properties/permissions/items/properties/capability/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.permissions.items.properties.capability,data:data33};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
else {
const err95 = {instancePath:instancePath+"/permissions/" + i6+"/capability",schemaPath:"#/properties/permissions/items/properties/capability/type",keyword:"type",params:{type: "string"},schema:schema31.properties.permissions.items.properties.capability.type,parentSchema:schema31.properties.permissions.items.properties.capability,data:data33};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data32.reason !== undefined){
let data34 = data32.reason;
if(typeof data34 === "string"){
if(func2(data34) > 10000){
const err96 = {instancePath:instancePath+"/permissions/" + i6+"/reason",schemaPath:"#/properties/permissions/items/properties/reason/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema31.properties.permissions.items.properties.reason,data:data34};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
if(func2(data34) < 1){
const err97 = {instancePath:instancePath+"/permissions/" + i6+"/reason",schemaPath:"#/properties/permissions/items/properties/reason/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.permissions.items.properties.reason,data:data34};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
else {
const err98 = {instancePath:instancePath+"/permissions/" + i6+"/reason",schemaPath:"#/properties/permissions/items/properties/reason/type",keyword:"type",params:{type: "string"},schema:schema31.properties.permissions.items.properties.reason.type,parentSchema:schema31.properties.permissions.items.properties.reason,data:data34};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
let data35 = data32.required;
if(typeof data35 !== "boolean"){
const err99 = {instancePath:instancePath+"/permissions/" + i6+"/required",schemaPath:"#/properties/permissions/items/properties/required/type",keyword:"type",params:{type: "boolean"},schema:schema31.properties.permissions.items.properties.required.type,parentSchema:schema31.properties.permissions.items.properties.required,data:data35};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
else {
const err100 = {instancePath:instancePath+"/permissions/" + i6,schemaPath:"#/properties/permissions/items/type",keyword:"type",params:{type: "object"},schema:schema31.properties.permissions.items.type,parentSchema:schema31.properties.permissions.items,data:data32};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
}
else {
const err101 = {instancePath:instancePath+"/permissions",schemaPath:"#/properties/permissions/type",keyword:"type",params:{type: "array"},schema:schema31.properties.permissions.type,parentSchema:schema31.properties.permissions,data:data31};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
let data36 = data.limits;
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
for(const key7 in data36){
if(!(func1.call(schema31.properties.limits.properties, key7))){
const err102 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},schema:false,parentSchema:schema31.properties.limits,data:data36};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data36.memoryBytes !== undefined){
let data37 = data36.memoryBytes;
if((!((typeof data37 == "number") && (isFinite(data37)))) && (typeof data37 !== "string")){
const err103 = {instancePath:instancePath+"/limits/memoryBytes",schemaPath:"#/properties/limits/properties/memoryBytes/type",keyword:"type",params:{type: schema31.properties.limits.properties.memoryBytes.type},schema:schema31.properties.limits.properties.memoryBytes.type,parentSchema:schema31.properties.limits.properties.memoryBytes,data:data37};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data36.tableElements !== undefined){
let data38 = data36.tableElements;
if((!((typeof data38 == "number") && (isFinite(data38)))) && (typeof data38 !== "string")){
const err104 = {instancePath:instancePath+"/limits/tableElements",schemaPath:"#/properties/limits/properties/tableElements/type",keyword:"type",params:{type: schema31.properties.limits.properties.tableElements.type},schema:schema31.properties.limits.properties.tableElements.type,parentSchema:schema31.properties.limits.properties.tableElements,data:data38};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data36.fuel !== undefined){
let data39 = data36.fuel;
if((!((typeof data39 == "number") && (isFinite(data39)))) && (typeof data39 !== "string")){
const err105 = {instancePath:instancePath+"/limits/fuel",schemaPath:"#/properties/limits/properties/fuel/type",keyword:"type",params:{type: schema31.properties.limits.properties.fuel.type},schema:schema31.properties.limits.properties.fuel.type,parentSchema:schema31.properties.limits.properties.fuel,data:data39};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data36.fuelTotal !== undefined){
let data40 = data36.fuelTotal;
if((!((typeof data40 == "number") && (isFinite(data40)))) && (typeof data40 !== "string")){
const err106 = {instancePath:instancePath+"/limits/fuelTotal",schemaPath:"#/properties/limits/properties/fuelTotal/type",keyword:"type",params:{type: schema31.properties.limits.properties.fuelTotal.type},schema:schema31.properties.limits.properties.fuelTotal.type,parentSchema:schema31.properties.limits.properties.fuelTotal,data:data40};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data36.timeMs !== undefined){
let data41 = data36.timeMs;
if((!((typeof data41 == "number") && (isFinite(data41)))) && (typeof data41 !== "string")){
const err107 = {instancePath:instancePath+"/limits/timeMs",schemaPath:"#/properties/limits/properties/timeMs/type",keyword:"type",params:{type: schema31.properties.limits.properties.timeMs.type},schema:schema31.properties.limits.properties.timeMs.type,parentSchema:schema31.properties.limits.properties.timeMs,data:data41};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
if(data36.wallMs !== undefined){
let data42 = data36.wallMs;
if((!((typeof data42 == "number") && (isFinite(data42)))) && (typeof data42 !== "string")){
const err108 = {instancePath:instancePath+"/limits/wallMs",schemaPath:"#/properties/limits/properties/wallMs/type",keyword:"type",params:{type: schema31.properties.limits.properties.wallMs.type},schema:schema31.properties.limits.properties.wallMs.type,parentSchema:schema31.properties.limits.properties.wallMs,data:data42};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data36.stackDepth !== undefined){
let data43 = data36.stackDepth;
if((!((typeof data43 == "number") && (isFinite(data43)))) && (typeof data43 !== "string")){
const err109 = {instancePath:instancePath+"/limits/stackDepth",schemaPath:"#/properties/limits/properties/stackDepth/type",keyword:"type",params:{type: schema31.properties.limits.properties.stackDepth.type},schema:schema31.properties.limits.properties.stackDepth.type,parentSchema:schema31.properties.limits.properties.stackDepth,data:data43};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data36.hostCalls !== undefined){
let data44 = data36.hostCalls;
if((!((typeof data44 == "number") && (isFinite(data44)))) && (typeof data44 !== "string")){
const err110 = {instancePath:instancePath+"/limits/hostCalls",schemaPath:"#/properties/limits/properties/hostCalls/type",keyword:"type",params:{type: schema31.properties.limits.properties.hostCalls.type},schema:schema31.properties.limits.properties.hostCalls.type,parentSchema:schema31.properties.limits.properties.hostCalls,data:data44};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data36.hostBytes !== undefined){
let data45 = data36.hostBytes;
if((!((typeof data45 == "number") && (isFinite(data45)))) && (typeof data45 !== "string")){
const err111 = {instancePath:instancePath+"/limits/hostBytes",schemaPath:"#/properties/limits/properties/hostBytes/type",keyword:"type",params:{type: schema31.properties.limits.properties.hostBytes.type},schema:schema31.properties.limits.properties.hostBytes.type,parentSchema:schema31.properties.limits.properties.hostBytes,data:data45};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data36.handles !== undefined){
let data46 = data36.handles;
if((!((typeof data46 == "number") && (isFinite(data46)))) && (typeof data46 !== "string")){
const err112 = {instancePath:instancePath+"/limits/handles",schemaPath:"#/properties/limits/properties/handles/type",keyword:"type",params:{type: schema31.properties.limits.properties.handles.type},schema:schema31.properties.limits.properties.handles.type,parentSchema:schema31.properties.limits.properties.handles,data:data46};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data36.linkBytes !== undefined){
let data47 = data36.linkBytes;
if((!((typeof data47 == "number") && (isFinite(data47)))) && (typeof data47 !== "string")){
const err113 = {instancePath:instancePath+"/limits/linkBytes",schemaPath:"#/properties/limits/properties/linkBytes/type",keyword:"type",params:{type: schema31.properties.limits.properties.linkBytes.type},schema:schema31.properties.limits.properties.linkBytes.type,parentSchema:schema31.properties.limits.properties.linkBytes,data:data47};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data36.instances !== undefined){
let data48 = data36.instances;
if((!((typeof data48 == "number") && (isFinite(data48)))) && (typeof data48 !== "string")){
const err114 = {instancePath:instancePath+"/limits/instances",schemaPath:"#/properties/limits/properties/instances/type",keyword:"type",params:{type: schema31.properties.limits.properties.instances.type},schema:schema31.properties.limits.properties.instances.type,parentSchema:schema31.properties.limits.properties.instances,data:data48};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
if(data36.stateBytes !== undefined){
let data49 = data36.stateBytes;
if((!((typeof data49 == "number") && (isFinite(data49)))) && (typeof data49 !== "string")){
const err115 = {instancePath:instancePath+"/limits/stateBytes",schemaPath:"#/properties/limits/properties/stateBytes/type",keyword:"type",params:{type: schema31.properties.limits.properties.stateBytes.type},schema:schema31.properties.limits.properties.stateBytes.type,parentSchema:schema31.properties.limits.properties.stateBytes,data:data49};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data36.logLinesPerSecond !== undefined){
let data50 = data36.logLinesPerSecond;
if((!((typeof data50 == "number") && (isFinite(data50)))) && (typeof data50 !== "string")){
const err116 = {instancePath:instancePath+"/limits/logLinesPerSecond",schemaPath:"#/properties/limits/properties/logLinesPerSecond/type",keyword:"type",params:{type: schema31.properties.limits.properties.logLinesPerSecond.type},schema:schema31.properties.limits.properties.logLinesPerSecond.type,parentSchema:schema31.properties.limits.properties.logLinesPerSecond,data:data50};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data36.strictMemory !== undefined){
let data51 = data36.strictMemory;
if(typeof data51 !== "boolean"){
const err117 = {instancePath:instancePath+"/limits/strictMemory",schemaPath:"#/properties/limits/properties/strictMemory/type",keyword:"type",params:{type: "boolean"},schema:schema31.properties.limits.properties.strictMemory.type,parentSchema:schema31.properties.limits.properties.strictMemory,data:data51};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
if(data36.unboundedHeap !== undefined){
let data52 = data36.unboundedHeap;
if(typeof data52 !== "boolean"){
const err118 = {instancePath:instancePath+"/limits/unboundedHeap",schemaPath:"#/properties/limits/properties/unboundedHeap/type",keyword:"type",params:{type: "boolean"},schema:schema31.properties.limits.properties.unboundedHeap.type,parentSchema:schema31.properties.limits.properties.unboundedHeap,data:data52};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
}
else {
const err119 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/type",keyword:"type",params:{type: "object"},schema:schema31.properties.limits.type,parentSchema:schema31.properties.limits,data:data36};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
if(data.config !== undefined){
let data53 = data.config;
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
if(data53.schema === undefined){
const err120 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/required",keyword:"required",params:{missingProperty: "schema"},schema:schema31.properties.config.required,parentSchema:schema31.properties.config,data:data53};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
for(const key8 in data53){
if(!(key8 === "schema")){
const err121 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},schema:false,parentSchema:schema31.properties.config,data:data53};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data53.schema !== undefined){
if(!(validate21(data53.schema, {instancePath:instancePath+"/config/schema",parentData:data53,parentDataProperty:"schema",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err122 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},schema:schema31.properties.config.type,parentSchema:schema31.properties.config,data:data53};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data.state !== undefined){
let data55 = data.state;
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
if(data55.restores === undefined){
data55.restores = [];
}
if(data55.versions === undefined){
data55.versions = "*";
}
if(data55.schema === undefined){
const err123 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/required",keyword:"required",params:{missingProperty: "schema"},schema:schema31.properties.state.required,parentSchema:schema31.properties.state,data:data55};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
for(const key9 in data55){
if(!(((key9 === "schema") || (key9 === "restores")) || (key9 === "versions"))){
const err124 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},schema:false,parentSchema:schema31.properties.state,data:data55};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data55.schema !== undefined){
let data56 = data55.schema;
if(!(((typeof data56 == "number") && (!(data56 % 1) && !isNaN(data56))) && (isFinite(data56)))){
const err125 = {instancePath:instancePath+"/state/schema",schemaPath:"#/properties/state/properties/schema/type",keyword:"type",params:{type: "integer"},schema:schema31.properties.state.properties.schema.type,parentSchema:schema31.properties.state.properties.schema,data:data56};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
if((typeof data56 == "number") && (isFinite(data56))){
if(data56 > 4294967295 || isNaN(data56)){
const err126 = {instancePath:instancePath+"/state/schema",schemaPath:"#/properties/state/properties/schema/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},schema:4294967295,parentSchema:schema31.properties.state.properties.schema,data:data56};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
if(data56 < 0 || isNaN(data56)){
const err127 = {instancePath:instancePath+"/state/schema",schemaPath:"#/properties/state/properties/schema/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema31.properties.state.properties.schema,data:data56};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
}
let data57 = data55.restores;
if(Array.isArray(data57)){
if(data57.length > 1000){
const err128 = {instancePath:instancePath+"/state/restores",schemaPath:"#/properties/state/properties/restores/maxItems",keyword:"maxItems",params:{limit: 1000},schema:1000,parentSchema:schema31.properties.state.properties.restores,data:data57};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
const len5 = data57.length;
for(let i7=0; i7<len5; i7++){
let data58 = data57[i7];
if(!(((typeof data58 == "number") && (!(data58 % 1) && !isNaN(data58))) && (isFinite(data58)))){
const err129 = {instancePath:instancePath+"/state/restores/" + i7,schemaPath:"#/properties/state/properties/restores/items/type",keyword:"type",params:{type: "integer"},schema:schema31.properties.state.properties.restores.items.type,parentSchema:schema31.properties.state.properties.restores.items,data:data58};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
if((typeof data58 == "number") && (isFinite(data58))){
if(data58 > 4294967295 || isNaN(data58)){
const err130 = {instancePath:instancePath+"/state/restores/" + i7,schemaPath:"#/properties/state/properties/restores/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},schema:4294967295,parentSchema:schema31.properties.state.properties.restores.items,data:data58};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
if(data58 < 0 || isNaN(data58)){
const err131 = {instancePath:instancePath+"/state/restores/" + i7,schemaPath:"#/properties/state/properties/restores/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema31.properties.state.properties.restores.items,data:data58};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
}
let i8 = data57.length;
let j2;
if(i8 > 1){
const indices2 = {};
for(;i8--;){
let item2 = data57[i8];
if(!(((typeof item2 == "number") && (!(item2 % 1) && !isNaN(item2))) && (isFinite(item2)))){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err132 = {instancePath:instancePath+"/state/restores",schemaPath:"#/properties/state/properties/restores/uniqueItems",keyword:"uniqueItems",params:{i: i8, j: j2},schema:true,parentSchema:schema31.properties.state.properties.restores,data:data57};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
break;
}
indices2[item2] = i8;
}
}
}
else {
const err133 = {instancePath:instancePath+"/state/restores",schemaPath:"#/properties/state/properties/restores/type",keyword:"type",params:{type: "array"},schema:schema31.properties.state.properties.restores.type,parentSchema:schema31.properties.state.properties.restores,data:data57};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
let data59 = data55.versions;
if(typeof data59 === "string"){
if(func2(data59) > 256){
const err134 = {instancePath:instancePath+"/state/versions",schemaPath:"#/properties/state/properties/versions/maxLength",keyword:"maxLength",params:{limit: 256},schema:256,parentSchema:schema31.properties.state.properties.versions,data:data59};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
if(func2(data59) < 1){
const err135 = {instancePath:instancePath+"/state/versions",schemaPath:"#/properties/state/properties/versions/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.state.properties.versions,data:data59};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
else {
const err136 = {instancePath:instancePath+"/state/versions",schemaPath:"#/properties/state/properties/versions/type",keyword:"type",params:{type: "string"},schema:schema31.properties.state.properties.versions.type,parentSchema:schema31.properties.state.properties.versions,data:data59};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
else {
const err137 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/type",keyword:"type",params:{type: "object"},schema:schema31.properties.state.type,parentSchema:schema31.properties.state,data:data55};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
let data60 = data.reload;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(data60.enabled === undefined){
data60.enabled = true;
}
if(data60.strategy === undefined){
data60.strategy = "immediate";
}
if(data60.policy === undefined){
data60.policy = "keep-old";
}
if(data60.confirmCalls === undefined){
data60.confirmCalls = 100;
}
if(data60.confirmMs === undefined){
data60.confirmMs = 10000;
}
for(const key10 in data60){
if(!(((((key10 === "enabled") || (key10 === "strategy")) || (key10 === "policy")) || (key10 === "confirmCalls")) || (key10 === "confirmMs"))){
const err138 = {instancePath:instancePath+"/reload",schemaPath:"#/properties/reload/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},schema:false,parentSchema:schema31.properties.reload,data:data60};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
let data61 = data60.enabled;
if(typeof data61 !== "boolean"){
const err139 = {instancePath:instancePath+"/reload/enabled",schemaPath:"#/properties/reload/properties/enabled/type",keyword:"type",params:{type: "boolean"},schema:schema31.properties.reload.properties.enabled.type,parentSchema:schema31.properties.reload.properties.enabled,data:data61};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
let data62 = data60.strategy;
if(!(((data62 === "immediate") || (data62 === "when-idle")) || (data62 === "blue-green"))){
const err140 = {instancePath:instancePath+"/reload/strategy",schemaPath:"#/properties/reload/properties/strategy/enum",keyword:"enum",params:{allowedValues: schema31.properties.reload.properties.strategy.enum},schema:schema31.properties.reload.properties.strategy.enum,parentSchema:schema31.properties.reload.properties.strategy,data:data62};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
let data63 = data60.policy;
if(!(((data63 === "keep-old") || (data63 === "discard-state")) || (data63 === "last-good"))){
const err141 = {instancePath:instancePath+"/reload/policy",schemaPath:"#/properties/reload/properties/policy/enum",keyword:"enum",params:{allowedValues: schema31.properties.reload.properties.policy.enum},schema:schema31.properties.reload.properties.policy.enum,parentSchema:schema31.properties.reload.properties.policy,data:data63};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
let data64 = data60.confirmCalls;
if(!(((typeof data64 == "number") && (!(data64 % 1) && !isNaN(data64))) && (isFinite(data64)))){
const err142 = {instancePath:instancePath+"/reload/confirmCalls",schemaPath:"#/properties/reload/properties/confirmCalls/type",keyword:"type",params:{type: "integer"},schema:schema31.properties.reload.properties.confirmCalls.type,parentSchema:schema31.properties.reload.properties.confirmCalls,data:data64};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
if((typeof data64 == "number") && (isFinite(data64))){
if(data64 > 4294967295 || isNaN(data64)){
const err143 = {instancePath:instancePath+"/reload/confirmCalls",schemaPath:"#/properties/reload/properties/confirmCalls/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},schema:4294967295,parentSchema:schema31.properties.reload.properties.confirmCalls,data:data64};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
if(data64 < 0 || isNaN(data64)){
const err144 = {instancePath:instancePath+"/reload/confirmCalls",schemaPath:"#/properties/reload/properties/confirmCalls/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema31.properties.reload.properties.confirmCalls,data:data64};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
let data65 = data60.confirmMs;
if((typeof data65 == "number") && (isFinite(data65))){
if(data65 > 2147483647 || isNaN(data65)){
const err145 = {instancePath:instancePath+"/reload/confirmMs",schemaPath:"#/properties/reload/properties/confirmMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2147483647},schema:2147483647,parentSchema:schema31.properties.reload.properties.confirmMs,data:data65};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
if(data65 < 0 || isNaN(data65)){
const err146 = {instancePath:instancePath+"/reload/confirmMs",schemaPath:"#/properties/reload/properties/confirmMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema31.properties.reload.properties.confirmMs,data:data65};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
else {
const err147 = {instancePath:instancePath+"/reload/confirmMs",schemaPath:"#/properties/reload/properties/confirmMs/type",keyword:"type",params:{type: "number"},schema:schema31.properties.reload.properties.confirmMs.type,parentSchema:schema31.properties.reload.properties.confirmMs,data:data65};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
else {
const err148 = {instancePath:instancePath+"/reload",schemaPath:"#/properties/reload/type",keyword:"type",params:{type: "object"},schema:schema31.properties.reload.type,parentSchema:schema31.properties.reload,data:data60};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
let data66 = data.update;
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
if(data66.channel === undefined){
data66.channel = "stable";
}
for(const key11 in data66){
if(!(key11 === "channel")){
const err149 = {instancePath:instancePath+"/update",schemaPath:"#/properties/update/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},schema:false,parentSchema:schema31.properties.update,data:data66};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
let data67 = data66.channel;
if(typeof data67 === "string"){
if(func2(data67) > 32){
const err150 = {instancePath:instancePath+"/update/channel",schemaPath:"#/properties/update/properties/channel/maxLength",keyword:"maxLength",params:{limit: 32},schema:32,parentSchema:schema31.properties.update.properties.channel,data:data67};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
if(!pattern12.test(data67)){
const err151 = {instancePath:instancePath+"/update/channel",schemaPath:"#/properties/update/properties/channel/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9]*$"},schema:"^[a-z][a-z0-9]*$",parentSchema:schema31.properties.update.properties.channel,data:data67};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
else {
const err152 = {instancePath:instancePath+"/update/channel",schemaPath:"#/properties/update/properties/channel/type",keyword:"type",params:{type: "string"},schema:schema31.properties.update.properties.channel.type,parentSchema:schema31.properties.update.properties.channel,data:data67};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
else {
const err153 = {instancePath:instancePath+"/update",schemaPath:"#/properties/update/type",keyword:"type",params:{type: "object"},schema:schema31.properties.update.type,parentSchema:schema31.properties.update,data:data66};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
if(data.build !== undefined){
let data68 = data.build;
if(data68 && typeof data68 == "object" && !Array.isArray(data68)){
if(data68.command === undefined){
const err154 = {instancePath:instancePath+"/build",schemaPath:"#/properties/build/required",keyword:"required",params:{missingProperty: "command"},schema:schema31.properties.build.required,parentSchema:schema31.properties.build,data:data68};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
for(const key12 in data68){
if(!(key12 === "command")){
const err155 = {instancePath:instancePath+"/build",schemaPath:"#/properties/build/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},schema:false,parentSchema:schema31.properties.build,data:data68};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data68.command !== undefined){
let data69 = data68.command;
if(typeof data69 === "string"){
if(func2(data69) > 10000){
const err156 = {instancePath:instancePath+"/build/command",schemaPath:"#/properties/build/properties/command/maxLength",keyword:"maxLength",params:{limit: 10000},schema:10000,parentSchema:schema31.properties.build.properties.command,data:data69};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
if(func2(data69) < 1){
const err157 = {instancePath:instancePath+"/build/command",schemaPath:"#/properties/build/properties/command/minLength",keyword:"minLength",params:{limit: 1},schema:1,parentSchema:schema31.properties.build.properties.command,data:data69};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
else {
const err158 = {instancePath:instancePath+"/build/command",schemaPath:"#/properties/build/properties/command/type",keyword:"type",params:{type: "string"},schema:schema31.properties.build.properties.command.type,parentSchema:schema31.properties.build.properties.command,data:data69};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
}
else {
const err159 = {instancePath:instancePath+"/build",schemaPath:"#/properties/build/type",keyword:"type",params:{type: "object"},schema:schema31.properties.build.type,parentSchema:schema31.properties.build,data:data68};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
}
else {
const err160 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
