"""The bench's workloads in PyTorch: `WORKLOAD STEPS` on standard input, milliseconds a step on standard output.

`python torch_peer.py eager|compiled [cpu|cuda]`, in full single precision. Sizes are those of workloads.ts;
the numbers fed are random.
"""

import json
import os
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

MODE = sys.argv[1]
torch.set_num_threads(os.cpu_count() or 1)
# No default device: that would make every call in Python dearer.
DEVICE = sys.argv[2] if len(sys.argv) > 2 else "cpu"
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
torch.manual_seed(1)


def labels(batch, classes=10):
    return torch.randint(0, classes, (batch,))


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.a = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.an = nn.BatchNorm2d(outputs)
        self.b = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn = nn.BatchNorm2d(outputs)
        self.short = nn.Conv2d(inputs, outputs, 1, stride, bias=False) if stride > 1 else nn.Identity()

    def forward(self, x):
        y = F.relu(self.an(self.a(x)))
        return F.relu(self.bn(self.b(y)) + self.short(x))


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        blocks = []
        inputs = 16
        for stage, channels in enumerate((16, 32, 64)):
            for index in range(3):
                blocks.append(Residual(inputs, channels, 2 if stage > 0 and index == 0 else 1))
                inputs = channels
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Linear(64, 10)

    def forward(self, x):
        return self.head(self.blocks(self.stem(x)).mean((2, 3)))


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.cell = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind](28, 128, batch_first=True)
        self.head = nn.Linear(128, 10)

    def forward(self, x):
        return self.head(self.cell(x)[0][:, -1])


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 400)
        self.mean = nn.Linear(400, 20)
        self.log_variance = nn.Linear(400, 20)
        self.decoder = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784))

    def forward(self, x):
        h = F.relu(self.hidden(x))
        mean, log_variance = self.mean(h), self.log_variance(h)
        z = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        logits = self.decoder(z)
        kl = -0.5 * (1 + log_variance - mean**2 - log_variance.exp()).sum(1).mean()
        return F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x) + kl


class Gcn(nn.Module):
    def __init__(self, nodes, edges):
        super().__init__()
        self.first = nn.Linear(1433, 16, bias=False)
        self.first_bias = nn.Parameter(torch.zeros(16))
        self.second = nn.Linear(16, 7, bias=False)
        self.second_bias = nn.Parameter(torch.zeros(7))
        loops = torch.arange(nodes)
        self.source = torch.cat([edges[:, 0], loops])
        self.target = torch.cat([edges[:, 1], loops])
        degree = torch.zeros(nodes).index_add(0, self.target, torch.ones(len(self.target)))
        self.norm = (degree[self.source] * degree[self.target]).rsqrt().unsqueeze(1)
        self.nodes = nodes

    def spread(self, x):
        return torch.zeros(self.nodes, x.shape[1], device=x.device).index_add(0, self.target, x[self.source] * self.norm)

    def forward(self, x):
        h = F.relu(self.spread(self.first(F.dropout(x, 0.5, self.training))) + self.first_bias)
        return self.spread(self.second(F.dropout(h, 0.5, self.training))) + self.second_bias


class Transformer(nn.Module):
    """Pre-norm, as GPT-2; `causal` tells GPT from BERT."""

    def __init__(self, vocabulary, length, width, heads, layers, causal):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.places = nn.Parameter(torch.randn(length, width) * 0.02)
        self.heads, self.causal = heads, causal
        self.blocks = nn.ModuleList(
            nn.ModuleDict(
                {
                    "norm1": nn.LayerNorm(width),
                    "qkv": nn.Linear(width, 3 * width),
                    "out": nn.Linear(width, width),
                    "norm2": nn.LayerNorm(width),
                    "up": nn.Linear(width, 4 * width),
                    "down": nn.Linear(4 * width, width),
                }
            )
            for _ in range(layers)
        )
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocabulary)

    def forward(self, x):
        h = self.tokens(x) + self.places
        batch, length, width = h.shape
        for block in self.blocks:
            q, k, v = (
                part.view(batch, length, self.heads, -1).transpose(1, 2)
                for part in block["qkv"](block["norm1"](h)).chunk(3, -1)
            )
            a = F.scaled_dot_product_attention(q, k, v, is_causal=self.causal)
            h = h + block["out"](a.transpose(1, 2).reshape(batch, length, width))
            h = h + block["down"](F.gelu(block["up"](block["norm2"](h))))
        return self.head(self.norm(h)).flatten(0, 1)


class UNet(nn.Module):
    def __init__(self):
        super().__init__()

        def pair(inputs, outputs):
            return nn.Sequential(
                nn.Conv2d(inputs, outputs, 3, 1, 1), nn.ReLU(), nn.Conv2d(outputs, outputs, 3, 1, 1), nn.ReLU()
            )

        self.down1, self.down2, self.middle = pair(1, 16), pair(16, 32), pair(32, 64)
        self.up2, self.up1 = nn.ConvTranspose2d(64, 32, 2, 2), nn.ConvTranspose2d(32, 16, 2, 2)
        self.join2, self.join1 = pair(64, 32), pair(32, 16)
        self.head = nn.Conv2d(16, 3, 1)

    def forward(self, x):
        a = self.down1(x)
        b = self.down2(F.max_pool2d(a, 2))
        c = self.middle(F.max_pool2d(b, 2))
        b = self.join2(torch.cat([self.up2(c), b], 1))
        a = self.join1(torch.cat([self.up1(b), a], 1))
        return self.head(a)


def classifier(model, x, y):
    forward = torch.compile(model) if MODE == "compiled" else model
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)

    def step():
        loss = F.cross_entropy(forward(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return step


def vae():
    model, x = Vae(), torch.rand(64, 784)
    forward = torch.compile(model) if MODE == "compiled" else model
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)

    def step():
        loss = forward(x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return step


def dcgan():
    generator = nn.Sequential(
        nn.Linear(64, 7 * 7 * 64),
        nn.Unflatten(1, (64, 7, 7)),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 4, 2, 1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.ConvTranspose2d(32, 1, 4, 2, 1),
        nn.Tanh(),
    )
    critic = nn.Sequential(
        nn.Conv2d(1, 32, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(32, 64, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(7 * 7 * 64, 1),
    )
    make, judge = (torch.compile(generator), torch.compile(critic)) if MODE == "compiled" else (generator, critic)
    options = {"lr": 2e-4, "betas": (0.5, 0.999)}
    of_critic = torch.optim.Adam(critic.parameters(), **options)
    of_generator = torch.optim.Adam(generator.parameters(), **options)
    real = torch.rand(64, 1, 28, 28)
    ones, zeros = torch.ones(64, 1), torch.zeros(64, 1)

    def step():
        with torch.no_grad():
            fake = make(torch.randn(64, 64, device=DEVICE))
        loss = F.binary_cross_entropy_with_logits(judge(real), ones)
        loss = loss + F.binary_cross_entropy_with_logits(judge(fake), zeros)
        of_critic.zero_grad()
        loss.backward()
        of_critic.step()
        cost = F.binary_cross_entropy_with_logits(judge(make(torch.randn(64, 64, device=DEVICE))), ones)
        of_generator.zero_grad()
        cost.backward()
        of_generator.step()
        return loss

    return step


def gcn():
    edges = torch.randint(0, 2708, (10556, 2))
    x = (torch.rand(2708, 1433) < 0.0127).float()
    return classifier(Gcn(2708, edges), x, labels(2708, 7))


def images(channels, size, batch=64):
    return torch.randn(batch, channels, size, size)


def mlp():
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    return classifier(model, torch.randn(64, 784), labels(64))


def cnn():
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(1600, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    )
    return classifier(model, images(1, 28), labels(64))


def recurrent(kind, steps):
    return lambda: classifier(Recurrent(kind), torch.randn(64, steps, 28), labels(64))


def transformer(vocabulary, length, layers, causal):
    def make():
        tokens = torch.randint(0, vocabulary, (16, length))
        return classifier(
            Transformer(vocabulary, length, 128, 4, layers, causal), tokens, labels(16 * length, vocabulary)
        )

    return make


WORKLOADS = {
    "mlp": mlp,
    "cnn": cnn,
    "resnet20": lambda: classifier(ResNet20(), images(3, 32), labels(64)),
    "rnn28": recurrent("rnn", 28),
    "lstm28": recurrent("lstm", 28),
    "gru28": recurrent("gru", 28),
    "rnn200": recurrent("rnn", 200),
    "lstm200": recurrent("lstm", 200),
    "gru200": recurrent("gru", 200),
    "vae": vae,
    "dcgan": dcgan,
    "gcn": gcn,
    "bert": transformer(1000, 128, 4, False),
    "gpt": transformer(65, 64, 4, True),
    "unet": lambda: classifier(UNet(), images(1, 64, 16), torch.randint(0, 3, (16, 64, 64))),
}


def matmul(size):
    a, b = torch.randn(size, size), torch.randn(size, size)
    return lambda: a @ b


def main():
    steps = {}
    for line in sys.stdin:
        name, count = line.split()
        try:
            if name not in steps:
                with torch.device(DEVICE):
                    steps[name] = matmul(1024) if name == "matmul" else WORKLOADS[name]()
                for _ in range(3):
                    result = steps[name]()
                # A card computes on its own time.
                float(result.detach().sum())
            start = time.perf_counter()
            for _ in range(int(count)):
                result = steps[name]()
            float(result.detach().sum())
            elapsed = (time.perf_counter() - start) / int(count) * 1e3
            answer = {"ms": elapsed, "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}
        except Exception as error:  # noqa: BLE001 - a peer that cannot run a workload says why
            answer = {"error": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(answer), flush=True)


main()
