"""Trains flatten, dense (tanh), dense with optimisers of PyTorch in double precision.

Arguments: a JSON file with a list of {name, kind, params, stepsPerEpoch}, weights and batches as
safetensors. Prints, by name, the loss and the learning rate of each step, and all weights and
their averages after the last, each in one row.
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


def scheduler(update, p, epoch, total):
    """Called after each step; StepLR and ExponentialLR only once an epoch."""
    lr, final, warmup = p["learningRate"], p["finalFactor"], p["warmup"]
    rest = total - warmup
    schedules = torch.optim.lr_scheduler
    kind = p["schedule"]
    if kind == "step":
        return schedules.StepLR(update, p["decayEvery"], p["decayFactor"]), epoch
    if kind == "exponential":
        return schedules.ExponentialLR(update, p["decayFactor"]), epoch
    if kind == "one-cycle":
        main = schedules.OneCycleLR(
            update,
            lr,
            total_steps=rest,
            pct_start=p["peakAt"],
            final_div_factor=1 / (25 * final),
            cycle_momentum=False,
        )
    elif kind == "linear":
        main = schedules.LinearLR(update, 1, max(final, 1e-12), total_iters=rest)
    elif kind == "cosine":
        main = schedules.CosineAnnealingLR(update, rest, eta_min=lr * final)
    else:
        main = schedules.ConstantLR(update, 1)
    if warmup == 0:
        return main, 1
    rise = schedules.LinearLR(update, 1 / warmup, total_iters=warmup - 1)
    return schedules.SequentialLR(update, [rise, main], [warmup]), 1


def clip(parameters, p):
    kind, limit = p["clipping"], p["clipAt"]
    if kind == "value":
        torch.nn.utils.clip_grad_value_(parameters, limit)
    elif kind == "global-norm":
        torch.nn.utils.clip_grad_norm_(parameters, limit)
    elif kind == "norm":
        for parameter in parameters:
            torch.nn.utils.clip_grad_norm_([parameter], limit)


results = {}
with open(cases) as file:
    wanted = json.load(file)
for case in wanted:
    p = case["params"]
    parameters = [start[name].clone().requires_grad_() for name in NAMES]
    kernel1, bias1, kernel2, bias2 = parameters
    update = optimizer(case["kind"], parameters, p)
    batches_ = list(zip(data["images"], data["labels"].long()))
    schedule, interval = scheduler(update, p, case["stepsPerEpoch"], len(batches_))
    ema = torch.optim.swa_utils.get_ema_avg_fn(p["averageDecay"])
    averages = None
    losses, rates, turns = [], [], 0
    for index, (images, labels) in enumerate(batches_):
        rates.append(update.param_groups[0]["lr"])
        hidden = torch.tanh(images.flatten(1) @ kernel1 + bias1)
        loss = F.cross_entropy(hidden @ kernel2 + bias2, labels)
        losses.append(loss.item())
        if (index + 1) % p["every"] == 0:
            turns += 1
            (loss / p["accumulate"]).backward()
            if turns % p["accumulate"] == 0:
                clip(parameters, p)
                update.step()
                update.zero_grad()
                present = [parameter.detach().clone() for parameter in parameters]
                averages = (
                    [ema(a, c, None) for a, c in zip(averages, present)] if averages else present
                )
        if (index + 1) % interval == 0:
            schedule.step()
    row = lambda tensors: torch.cat([t.detach().flatten() for t in tensors]).tolist()
    results[case["name"]] = {
        "losses": losses,
        "rates": rates,
        "weights": row(parameters),
        "averages": row(averages),
    }
print(json.dumps(results))
