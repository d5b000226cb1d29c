"""Computes layers and losses and their gradients with PyTorch.

Usage: judge_layers.py CASES.json TENSORS.safetensors OUTPUT.safetensors

CASES.json is a list of {name, kind, params, integers}; the tensors of a case are called `<name>/<tensor>`.
The answers are `<name>/value` and, for the sum of the value times `<name>/weights`, the gradients
`<name>/d-<tensor>`. Images are [B, H, W, C] and kernels [h, w, in, out], as TensorFlow lays them out.
"""

import json
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

cases_file, tensors_file, output_file = sys.argv[1:]
tensors = load_file(tensors_file)


def same_padding(size, window, stride):
    """TensorFlow's: as many windows as strides begin, the odd pixel at the end."""
    total = max((-(-size // stride) - 1) * stride + window - size, 0)
    return total // 2, total - total // 2


def pad_same(x, window, strides, value):
    top, bottom = same_padding(x.shape[2], window[0], strides[0])
    left, right = same_padding(x.shape[3], window[1], strides[1])
    return F.pad(x, (left, right, top, bottom), value=value)


def slide(x, params, window, value, operation):
    x = x.permute(0, 3, 1, 2)
    if params["padding"] == "same":
        x = pad_same(x, window, params["strides"], value)
    return operation(x).permute(0, 2, 3, 1)


def conv2d(t, p):
    kernel = t["kernel"].permute(3, 2, 0, 1)
    window = kernel.shape[2:]
    return slide(t["x"], p, window, 0.0, lambda x: F.conv2d(x, kernel, t["bias"], stride=p["strides"]))


def max_pool(t, p):
    pool = lambda x: F.max_pool2d(x, p["poolSize"], p["strides"])
    return slide(t["x"], p, p["poolSize"], float("-inf"), pool)


def average_pool(t, p):
    # Only pixels inside the image count: sums of pixels over sums of ones.
    total = lambda x: F.avg_pool2d(x, p["poolSize"], p["strides"], divisor_override=1)
    ones = torch.ones_like(t["x"])
    return slide(t["x"], p, p["poolSize"], 0.0, total) / slide(ones, p, p["poolSize"], 0.0, total)


def batch_normalization(t, p):
    x = t["x"].movedim(-1, 1)
    return F.batch_norm(x, None, None, t["scale"], t["offset"], training=True, eps=p["epsilon"]).movedim(1, -1)


def mean_squared_error(t, p):
    target = t["target"]
    if not target.is_floating_point():
        target = F.one_hot(target, t["prediction"].shape[1]).float()
    return F.mse_loss(t["prediction"], target)


activations = {
    "linear": lambda x: x,
    "relu": F.relu,
    "leaky-relu": lambda x: F.leaky_relu(x, 0.01),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "gelu": F.gelu,
    "elu": F.elu,
    "selu": F.selu,
    "silu": F.silu,
    "softplus": F.softplus,
    "softmax": lambda x: F.softmax(x, -1),
    "mish": F.mish,
    "hard-sigmoid": F.hardsigmoid,
    "log-softmax": lambda x: F.log_softmax(x, -1),
}
kinds = {
    "dense": lambda t, p: activations[p["activation"]](F.linear(t["x"], t["kernel"].T, t.get("bias"))),
    "conv2d": conv2d,
    "max-pool2d": max_pool,
    "average-pool2d": average_pool,
    "batch-normalization": batch_normalization,
    "activation": lambda t, p: activations[p["activation"]](t["x"]),
    "softmax-cross-entropy": lambda t, p: F.cross_entropy(
        t["logits"], t["labels"], label_smoothing=p["labelSmoothing"]
    ),
    "mean-squared-error": mean_squared_error,
}

answers = {}
for case in json.load(open(cases_file)):
    name = case["name"]
    t = {}
    for key, value in tensors.items():
        owner, _, part = key.rpartition("/")
        if owner == name:
            t[part] = value.long() if part in case["integers"] else value.clone()
    weights = t.pop("weights")
    leaves = {part: value.requires_grad_() for part, value in t.items() if value.is_floating_point()}
    value = kinds[case["kind"]](t, case["params"])
    (value * weights).sum().backward()
    answers[f"{name}/value"] = value.detach().contiguous()
    for part, leaf in leaves.items():
        answers[f"{name}/d-{part}"] = leaf.grad.contiguous()
save_file(answers, output_file)
