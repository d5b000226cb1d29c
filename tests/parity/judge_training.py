"""Trains a small convolutional network with PyTorch from given weights on given batches.

Usage: judge_training.py OPTIMIZER WEIGHTS.safetensors BATCHES.safetensors
Prints the loss of every step. Kernels come as TensorFlow lays them out: [kh, kw, in, out], [in, out].
"""

import json
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

optimizer, weights, batches = sys.argv[1:]
# In double precision, so that what is judged is not PyTorch's own rounding.
torch.set_default_dtype(torch.float64)
w = {name: value.double() for name, value in load_file(weights).items()}
data = {name: value.double() for name, value in load_file(batches).items()}

conv_kernel = w["conv/kernel"].permute(3, 2, 0, 1).contiguous().requires_grad_()
conv_bias = w["conv/bias"].clone().requires_grad_()
norm = torch.nn.BatchNorm2d(conv_bias.numel(), eps=1e-3, momentum=0.1)
dense_kernel = w["logits/kernel"].T.contiguous().requires_grad_()
dense_bias = w["logits/bias"].clone().requires_grad_()
parameters = [conv_kernel, conv_bias, *norm.parameters(), dense_kernel, dense_bias]
if optimizer == "adam":
    update = torch.optim.Adam(parameters, lr=1e-3)
else:
    update = torch.optim.SGD(parameters, lr=0.01, momentum=0.9, weight_decay=1e-4)

losses = []
for images, labels in zip(data["images"], data["labels"].long()):
    x = images.permute(0, 3, 1, 2)
    x = F.conv2d(x, conv_kernel, conv_bias, padding="same")
    x = F.max_pool2d(F.relu(norm(x)), 2)
    # TensorFlow flattens rows, columns, channels in this order.
    x = x.permute(0, 2, 3, 1).flatten(1)
    loss = F.cross_entropy(F.linear(x, dense_kernel, dense_bias), labels)
    update.zero_grad()
    loss.backward()
    update.step()
    losses.append(loss.item())
print(json.dumps(losses))
