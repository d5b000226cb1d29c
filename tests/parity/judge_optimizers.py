"""Trains flatten, dense (tanh), dense with optimisers of PyTorch in double precision.

Arguments: a JSON file with a list of {name, kind, params}, weights and batches as safetensors.
Prints, by name, the loss of each step and all weights after the last, in one row.
"""

import json
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

cases, weights, batches = sys.argv[1:4]
start = {name: value.double() for name, value in load_file(weights).items()}
data = {name: value.double() for name, value in load_file(batches).items()}
NAMES = ["hidden/kernel", "hidden/bias", "logits/kernel", "logits/bias"]


class Lion(torch.optim.Optimizer):
    """Chen et al. 2023, program 1; PyTorch has none of its own."""

    def __init__(self, parameters, lr, betas, weight_decay):
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                update = torch.sign(m * beta1 + p.grad * (1 - beta1))
                p.sub_(group["lr"] * (update + group["weight_decay"] * p))
                m.mul_(beta2).add_(p.grad, alpha=1 - beta2)


def optimizer(kind, parameters, p):
    lr, decay = p["learningRate"], p["weightDecay"]
    betas = (p.get("beta1"), p.get("beta2"))
    eps = p.get("epsilon")
    if kind == "sgd":
        return torch.optim.SGD(
            parameters, lr=lr, momentum=p["momentum"], nesterov=p["nesterov"], weight_decay=decay
        )
    if kind == "rmsprop":
        return torch.optim.RMSprop(
            parameters,
            lr=lr,
            alpha=p["alpha"],
            eps=eps,
            momentum=p["momentum"],
            centered=p["centered"],
            weight_decay=decay,
        )
    if kind == "adagrad":
        return torch.optim.Adagrad(
            parameters, lr=lr, lr_decay=p["rateDecay"], eps=eps, weight_decay=decay
        )
    if kind == "adadelta":
        return torch.optim.Adadelta(parameters, lr=lr, rho=p["rho"], eps=eps, weight_decay=decay)
    if kind == "lion":
        return Lion(parameters, lr, betas, decay)
    family = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "adamax": torch.optim.Adamax}
    return family[kind](parameters, lr=lr, betas=betas, eps=eps, weight_decay=decay)


results = {}
with open(cases) as file:
    wanted = json.load(file)
for case in wanted:
    parameters = [start[name].clone().requires_grad_() for name in NAMES]
    kernel1, bias1, kernel2, bias2 = parameters
    update = optimizer(case["kind"], parameters, case["params"])
    losses = []
    for images, labels in zip(data["images"], data["labels"].long()):
        hidden = torch.tanh(images.flatten(1) @ kernel1 + bias1)
        loss = F.cross_entropy(hidden @ kernel2 + bias2, labels)
        update.zero_grad()
        loss.backward()
        update.step()
        losses.append(loss.item())
    final = torch.cat([p.detach().flatten() for p in parameters]).tolist()
    results[case["name"]] = {"losses": losses, "weights": final}
print(json.dumps(results))
