"""Gradient penalties (Gulrajani et al. 2017) and their gradients with PyTorch, in double precision.

Usage: judge_penalty.py CASES.json TENSORS.safetensors OUTPUT.safetensors

CASES.json is a list of {name, critic, activation}; a case's tensors are called `<name>/<tensor>`, its
answers `<name>/penalty` and `<name>/d-<tensor>`.
"""

import json
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

cases_file, tensors_file, output_file = sys.argv[1:]
tensors = load_file(tensors_file)

activations = {
    "relu": F.relu,
    "leakyRelu": lambda x: F.leaky_relu(x, 0.2),
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softplus": F.softplus,
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "silu": F.silu,
}


def dense(t, f):
    return f(f(t["x"] @ t["w1"] + t["b1"]) @ t["w2"] + t["b2"]) @ t["w3"]


def convolutional(t, f):
    x = t["x"].permute(0, 3, 1, 2)
    h = f(F.conv2d(x, t["k1"].permute(3, 2, 0, 1), t["b1"]))
    h = F.max_pool2d(h, 2)
    h = f(F.conv2d(h, t["k2"].permute(3, 2, 0, 1), t["b2"]))
    h = F.avg_pool2d(h, 2)
    h = h.permute(0, 2, 3, 1)
    h = F.layer_norm(h, h.shape[-1:], t["scale"], t["offset"], 1e-5)
    return h.flatten(1) @ t["w3"]


def recurrent(t, f):
    h = torch.zeros(t["x"].shape[0], t["recurrent"].shape[0], dtype=torch.float64)
    c = h
    for step in range(t["x"].shape[1]):
        z = t["x"][:, step] @ t["kernel"] + h @ t["recurrent"] + t["b1"]
        i, g, n, o = z.chunk(4, 1)
        c = torch.sigmoid(g) * c + torch.sigmoid(i) * torch.tanh(n)
        h = torch.sigmoid(o) * torch.tanh(c)
    return h @ t["w3"]


critics = {"dense": dense, "convolutional": convolutional, "recurrent": recurrent}

answers = {}
for case in json.load(open(cases_file)):
    name = case["name"]
    t = {
        key.rpartition("/")[2]: value.double().requires_grad_()
        for key, value in tensors.items()
        if key.rpartition("/")[0] == name
    }
    y = critics[case["critic"]](t, activations[case["activation"]])
    (slope,) = torch.autograd.grad(y.sum(), t["x"], create_graph=True)
    norm = (slope.flatten(1).square().sum(1) + 1e-12).sqrt()
    penalty = (norm - 1).square().mean()
    gradients = torch.autograd.grad(penalty, list(t.values()), allow_unused=True)
    answers[f"{name}/penalty"] = penalty.detach().float().reshape(1)
    for part, gradient in zip(t, gradients):
        gradient = torch.zeros_like(t[part]) if gradient is None else gradient
        answers[f"{name}/d-{part}"] = gradient.float().contiguous()
save_file(answers, output_file)
