"""Runs the PyTorch and Keras sources of nodes.

Usage: judge_sources.py FRAMEWORK CASES.json TENSORS.safetensors OUTPUT.safetensors

FRAMEWORK is `pytorch` or `keras`. CASES.json is a list of {name, module, call, zeros, inputs, weights}: `inputs`
has for each port a {key, dtype} or a list of them, `weights` a list of {key, name, value}. In the sources
`{port}` stands for an input, `{self}` for the module and `{w}` for our array. The answers are
`<name>/<place>`; what could not be run is printed as JSON, {name: error}.
"""

import json
import os
import re
import sys
import traceback

framework, cases_file, tensors_file, output_file = sys.argv[1:]
os.environ["KERAS_BACKEND"] = "tensorflow"
import numpy as np
from safetensors.numpy import load_file, save_file

if framework == "pytorch":
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    dtypes = {"float32": torch.float32, "int32": torch.int64, "bool": torch.bool}
    tensor = lambda array, dtype: torch.from_numpy(np.array(array)).to(dtypes[dtype])
    scope = {"torch": torch, "nn": nn, "F": F}
else:
    import keras
    from keras import ops

    tensor = lambda array, dtype: ops.convert_to_tensor(array.astype(dtype))
    scope = {"keras": keras, "ops": ops}

tensors = load_file(tensors_file)
answers = {}
errors = {}


def resolve(module, name):
    """The weight called e.g. `cell.kernel`, `0.weight`, `in_proj_weight[0:4]`."""
    path, brackets = re.fullmatch(r"([^\[]*)((?:\[.*\])?)", name).groups()
    for part in path.split("."):
        if part.isdigit():
            module = module[int(part)]
        elif framework == "pytorch" and isinstance(module, nn.ParameterDict):
            module = module[part]
        else:
            module = getattr(module, part)
    return eval(f"weight{brackets}", {"weight": module})


def evaluate(source, names):
    source = re.sub(r"\{(\w+)\}", lambda match: f"_{match[1]}", source)
    return eval(source, {**scope, **{f"_{name}": value for name, value in names.items()}})


def run(case):
    one = lambda given: tensor(tensors[given["key"]], given["dtype"])
    names = {
        port: [one(part) for part in given] if isinstance(given, list) else one(given)
        for port, given in case["inputs"].items()
    }
    if case["module"]:
        names["self"] = evaluate(case["module"], {})
    if framework == "keras":
        evaluate(case["call"], names)  # builds the weights
    elif case["module"]:
        names["self"].eval()
    for name in case["zeros"]:
        torch.nn.init.zeros_(resolve(names["self"], name))
    for weight in case["weights"]:
        given = tensor(tensors[weight["key"]], "float32")
        value = evaluate(weight["value"], {"w": given}) if weight["value"] else given
        target = resolve(names["self"], weight["name"])
        if framework == "keras":
            target.assign(value)
        else:
            assert target.shape == value.shape, (weight["name"], target.shape, value.shape)
            with torch.no_grad():
                target.copy_(value)
    found = evaluate(case["call"], names)
    for place, value in enumerate(found if isinstance(found, (tuple, list)) else [found]):
        if framework == "pytorch":
            value = value.detach().numpy()
        answers[f"{case['name']}/{place}"] = np.array(value, dtype=np.float32, order="C")


for case in json.load(open(cases_file)):
    try:
        run(case)
    except Exception:
        errors[case["name"]] = traceback.format_exc(limit=-2)
save_file(answers, output_file)
print(json.dumps(errors))
