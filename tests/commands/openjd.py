"""Open Job Description job templates, 2023-09, without extensions: checked against the rules of the
specification, and their tasks written out as commands.

    openjd.py TEMPLATE [NAME=VALUE]...    prints a JSON list: an object a task, with its args and files
    openjd.py --selftest TEMPLATE         breaks the template in many ways; each must be found

Source, by section: https://github.com/OpenJobDescription/openjd-specifications/wiki/2023-09-Template-Schemas
It knows what stillair's template uses; what it does not know it refuses.
"""
import copy
import json
import re
import sys
import unicodedata

import yaml

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}\Z")  # 7.1
EXPRESSION = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")  # 7.3
CAPABILITY = r"([A-Za-z_]\w*:)?%s\.[A-Za-z_]\w*(\.[A-Za-z_]\w*)*\Z"  # 3.3.1.1, 3.3.2.1


class Wrong(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Wrong(what)


def keys(thing, where, required, optional=()):
    need(isinstance(thing, dict), f"{where}: no object")
    for key in required:
        need(key in thing, f"{where}: {key} is missing")
    for key in thing:
        need(key in required or key in optional, f"{where}: unknown key {key}")


def text(value, where, low=1, high=None, control=""):
    need(isinstance(value, str), f"{where}: no string")
    need(len(value) >= low and (high is None or len(value) <= high), f"{where}: length {len(value)}")
    for c in value:
        need(control is None or c in control or unicodedata.category(c) != "Cc",
             f"{where}: control character")


def items(value, where, low=1, high=None):
    need(isinstance(value, list) and len(value) >= low, f"{where}: a list of {low} or more")
    need(high is None or len(value) <= high, f"{where}: more than {high}")
    return value


def named_once(things, where):
    names = [t.get("name") for t in things]
    need(len(names) == len(set(names)), f"{where}: a name twice")


def references(value, known, where):
    """7.3: every expression is the dotted name of something that is known there."""
    for name in EXPRESSION.findall(value):
        need(name in known, f"{where}: {name} is not known there")
    rest = EXPRESSION.sub("", value)
    need("{{" not in rest and "}}" not in rest, f"{where}: braces without a partner")


def integer(value, where):
    need(type(value) is int or (isinstance(value, str) and re.match(r"-?\d+\Z", value)),
         f"{where}: no integer")
    return int(value)


def accept(p, value, where):
    """A value of a job parameter, within the definition's limits (2.1 to 2.3)."""
    if p["type"] == "INT":
        value = integer(value, where)
        need(value >= integer(p.get("minValue", value), where), f"{where}: below minValue")
        need(value <= integer(p.get("maxValue", value), where), f"{where}: above maxValue")
        allowed = [integer(v, where) for v in p.get("allowedValues", [value])]
    else:
        text(value, where, p.get("minLength", 0), min(p.get("maxLength", 1024), 1024), None)
        allowed = p.get("allowedValues", [value])
    need(value in allowed, f"{where}: not of allowedValues")
    return str(value)


def check_parameter(p, where):
    keys(p, where, ("name", "type"),
         ("description", "default", "allowedValues", "minLength", "maxLength", "minValue", "maxValue",
          "objectType", "dataFlow"))
    need(isinstance(p["name"], str) and IDENTIFIER.match(p["name"]), f"{where}: name")
    need(p["type"] in ("STRING", "PATH", "INT"), f"{where}: type")
    number = p["type"] == "INT"
    for key in ("minLength", "maxLength"):
        need(key not in p or (not number and type(p[key]) is int and p[key] >= 0), f"{where}: {key}")
    for key in ("minValue", "maxValue"):
        need(key not in p or number, f"{where}: {key}")
    if "description" in p:
        text(p["description"], f"{where}: description", 1, 2048, "\n\r\t")
    need(p.get("objectType", "FILE") in ("FILE", "DIRECTORY"), f"{where}: objectType")
    need(p.get("dataFlow", "NONE") in ("NONE", "IN", "OUT", "INOUT"), f"{where}: dataFlow")
    need(p["type"] == "PATH" or not {"objectType", "dataFlow"} & set(p), f"{where}: not a PATH")
    if "allowedValues" in p:
        items(p["allowedValues"], f"{where}: allowedValues")
    if "default" in p:
        accept(p, p["default"], f"{where}: default")


def check_requirements(h, where):
    keys(h, where, (), ("amounts", "attributes"))
    need(h, f"{where}: neither amounts nor attributes")
    amounts, attributes = h.get("amounts", []), h.get("attributes", [])
    for list_ in (amounts, attributes):
        need(isinstance(list_, list), f"{where}: no list")
        named_once(list_, where)
    need(len(amounts) + len(attributes) <= 50, f"{where}: more than 50")
    for a in amounts:
        keys(a, where, ("name",), ("min", "max"))
        need(re.match(CAPABILITY % "amount", str(a["name"])), f"{where}: {a['name']}")
        need("min" in a or "max" in a, f"{where}: neither min nor max")
        need(all(type(a[k]) in (int, float) and a[k] >= 0 for k in a if k != "name"), f"{where}: amount")
    for a in attributes:
        keys(a, where, ("name",), ("anyOf", "allOf"))
        need(re.match(CAPABILITY % "attr", str(a["name"])), f"{where}: {a['name']}")
        need("anyOf" in a or "allOf" in a, f"{where}: neither anyOf nor allOf")
        for value in a.get("anyOf", []) + a.get("allOf", []):
            need(isinstance(value, str) and re.match(r"[A-Za-z_][A-Za-z0-9_-]{0,99}\Z", value),
                 f"{where}: value {value}")


def check_script(script, known, where):
    keys(script, where, ("actions",), ("embeddedFiles",))
    files = items(script["embeddedFiles"], f"{where}: files") if "embeddedFiles" in script else []
    named_once(files, f"{where}: files")
    for f in files:
        keys(f, f"{where}: file", ("name", "type", "data"), ("filename", "runnable"))
        need(isinstance(f["name"], str) and IDENTIFIER.match(f["name"]), f"{where}: file's name")
        need(f["type"] == "TEXT", f"{where}: file's type")
        if "filename" in f:
            text(f["filename"], f"{where}: filename", 1, 64)
            need("/" not in f["filename"], f"{where}: filename with a folder")
        need(type(f.get("runnable", False)) is bool, f"{where}: runnable")
        text(f["data"], f"{where}: data", 1, None, None)
    known = known | {"Task.File." + f["name"] for f in files} | {
        "Session.WorkingDirectory", "Session.HasPathMappingRules", "Session.PathMappingRulesFile"}
    for f in files:
        references(f["data"], known, f"{where}: data")
    keys(script["actions"], f"{where}: actions", ("onRun",))
    action = script["actions"]["onRun"]
    keys(action, f"{where}: onRun", ("command",), ("args", "timeout", "cancelation"))
    text(action["command"], f"{where}: command", 1)
    for arg in [action["command"]] + items(action.get("args", []), f"{where}: args", 0):
        text(arg, f"{where}: arg", 0)
        references(arg, known, f"{where}: arg")
    need(type(action.get("timeout", 1)) is int and action.get("timeout", 1) > 0, f"{where}: timeout")
    cancel = action.get("cancelation", {"mode": "TERMINATE"})
    keys(cancel, f"{where}: cancelation", ("mode",), ("notifyPeriodInSeconds",))
    need(cancel["mode"] in ("TERMINATE", "NOTIFY_THEN_TERMINATE"), f"{where}: mode")
    period = cancel.get("notifyPeriodInSeconds", 1)
    need(type(period) is int and 0 < period <= 600, f"{where}: notifyPeriodInSeconds")
    need(cancel["mode"] != "TERMINATE" or len(cancel) == 1, f"{where}: a period to terminate at once")


def check(t):
    keys(t, "template", ("specificationVersion", "name", "steps"),
         ("$schema", "description", "parameterDefinitions"))
    need(t["specificationVersion"] == "jobtemplate-2023-09", "specificationVersion")
    parameters = items(t["parameterDefinitions"], "parameterDefinitions", 1, 50) \
        if "parameterDefinitions" in t else []
    for p in parameters:
        check_parameter(p, f"parameter {p.get('name') if isinstance(p, dict) else p}")
    named_once(parameters, "parameterDefinitions")
    every = {"RawParam." + p["name"] for p in parameters}
    # A PATH is mapped on the host: before that it has no value (7.3.1).
    early = every | {"Param." + p["name"] for p in parameters if p["type"] != "PATH"}
    text(t["name"], "name")
    references(t["name"], early, "name")
    if "description" in t:
        text(t["description"], "description", 1, 2048, "\n\r\t")
    for step in items(t["steps"], "steps"):
        keys(step, "step", ("name", "script"), ("description", "hostRequirements", "parameterSpace"))
        text(step["name"], "step's name", 1, 64)
        known = every | {"Param." + p["name"] for p in parameters}
        if "parameterSpace" in step:
            space = step["parameterSpace"]
            keys(space, "parameterSpace", ("taskParameterDefinitions",))
            definitions = items(space["taskParameterDefinitions"], "task parameters", 1, 16)
            named_once(definitions, "task parameters")
            for d in definitions:
                keys(d, "task parameter", ("name", "type", "range"))
                need(isinstance(d["name"], str) and IDENTIFIER.match(d["name"]), "task parameter's name")
                need(d["type"] == "INT" and isinstance(d["range"], str), "task parameter: INT, an expression")
                references(d["range"], early, "range")
                known |= {"Task.Param." + d["name"], "Task.RawParam." + d["name"]}
        if "hostRequirements" in step:
            check_requirements(step["hostRequirements"], "hostRequirements")
        check_script(step["script"], known, "script")
    named_once(t["steps"], "steps")


def numbers(expression):
    """3.4.1.1.1, one element: a number, a range, or a range with a step."""
    m = re.match(r"\s*(-?\d+)\s*(?:-\s*(-?\d+)\s*(?::(\d+)\s*)?)?\Z", expression)
    need(m, f"range '{expression}'")
    first = int(m[1])
    return range(first, int(m[2] if m[2] is not None else first) + 1, int(m[3] or 1))


def tasks(t, given):
    values = {}
    for p in t.get("parameterDefinitions", []):
        value = given.pop(p["name"], p.get("default"))
        need(value is not None, f"{p['name']} has no value")
        value = accept(p, value, p["name"])
        values["Param." + p["name"]] = values["RawParam." + p["name"]] = value
    need(not given, f"unknown parameters: {', '.join(given)}")
    resolve = lambda s, v: EXPRESSION.sub(lambda m: v[m[1]], s)
    text(resolve(t["name"], values), "the job's name", 1, 128)
    out = []
    for step in t["steps"]:
        (d,) = step["parameterSpace"]["taskParameterDefinitions"]
        for number in numbers(resolve(d["range"], values)):
            v = dict(values)
            v["Task.Param." + d["name"]] = v["Task.RawParam." + d["name"]] = str(number)
            files = {f["name"]: f.get("filename", f["name"]) for f in step["script"]["embeddedFiles"]}
            v.update({"Task.File." + name: file for name, file in files.items()})
            action = step["script"]["actions"]["onRun"]
            out.append({"args": [resolve(a, v) for a in [action["command"]] + action.get("args", [])],
                        "files": {files[f["name"]]: resolve(f["data"], v)
                                  for f in step["script"]["embeddedFiles"]}})
    return out


def selftest(template):
    def set_at(path, value):
        def change(t):
            for key in path[:-1]:
                t = t[key]
            if value is None:
                del t[path[-1]]
            else:
                t[path[-1]] = value
        return change
    step, run = ("steps", 0), ("steps", 0, "script", "actions", "onRun")
    broken = [
        set_at(("specificationVersion",), "jobtemplate-2023-10"), set_at(("name",), None),
        set_at(("name",), "{{Param.OutputDir}}"), set_at(("name",), "{{Param.Nope}}"),
        set_at(("name",), "a\tb"), set_at(("name",), "{{Param.Preset"), set_at(("steps",), []),
        set_at(("extra",), 1), set_at(("parameterDefinitions",), []),
        set_at(("parameterDefinitions", 1, "name"), "2nd"),
        set_at(("parameterDefinitions", 1, "name"), "Frames"),
        set_at(("parameterDefinitions", 1, "type"), "TEXT"),
        set_at(("parameterDefinitions", 1, "default"), ""),
        set_at(("parameterDefinitions", 1, "objectType"), "FILE"),
        set_at(("parameterDefinitions", 3, "default"), 0),
        set_at(("parameterDefinitions", 3, "default"), "many"),
        set_at(("parameterDefinitions", 7, "default"), "best"),
        set_at(step + ("name",), "x" * 65), set_at(step + ("script",), None),
        set_at(step + ("parameterSpace", "taskParameterDefinitions"), []),
        set_at(step + ("parameterSpace", "taskParameterDefinitions", 0, "range"), "1-{{Task.Param.Chunk}}"),
        set_at(step + ("hostRequirements", "amounts", 0, "name"), "worker.vcpu"),
        set_at(step + ("hostRequirements", "amounts", 0, "min"), "1"),
        set_at(step + ("hostRequirements", "attributes", 0, "anyOf"), ["a b"]),
        set_at(step + ("hostRequirements",), {}),
        set_at(run + ("command",), ""), set_at(run + ("args", 0), "{{Env.File.Run}}"),
        set_at(run + ("args", 0), 5), set_at(run + ("timeout",), 0),
        set_at(run + ("cancelation", "mode"), "TERMINATE"),
        set_at(run + ("cancelation", "notifyPeriodInSeconds"), 601),
        set_at(step + ("script", "embeddedFiles", 0, "filename"), "a/b"),
        set_at(step + ("script", "embeddedFiles", 0, "type"), "BINARY"),
        set_at(step + ("script", "embeddedFiles", 0, "data"), "{{Task.File.Other}}"),
    ]
    for i, change in enumerate(broken):
        t = copy.deepcopy(template)
        change(t)
        try:
            check(t)
        except Wrong:
            continue
        sys.exit(f"the broken template {i} passes")
    print(f"{len(broken)} broken templates were found out")


def main(args):
    path = args[-1] if args[0] == "--selftest" else args[0]
    with open(path, encoding="utf-8") as f:
        template = yaml.safe_load(f)
    try:
        check(template)
        if args[0] == "--selftest":
            selftest(template)
        else:
            json.dump(tasks(template, dict(a.split("=", 1) for a in args[1:])), sys.stdout, indent=1)
    except Wrong as wrong:
        sys.exit(f"{path}: {wrong}")


main(sys.argv[1:])
