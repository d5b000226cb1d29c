"""The bench's workloads in Keras 3 on TensorFlow: `WORKLOAD STEPS` on standard input, milliseconds a step on standard output.

`python keras_peer.py graph|xla`. Sizes are those of workloads.ts; the numbers fed are random.
A step is one call of a compiled `train_step`, without Keras' own loop and callbacks.
"""

import json
import os
import resource
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers as L  # noqa: E402
from keras import ops  # noqa: E402

XLA = sys.argv[1] == "xla"
keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)


def normal(*shape):
    return tf.constant(rng.standard_normal(shape, dtype=np.float32))


def integers(top, *shape):
    return tf.constant(rng.integers(0, top, shape).astype(np.int32))


cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
binary = keras.losses.BinaryCrossentropy(from_logits=True)


def compiled(function):
    return tf.function(function, jit_compile=XLA)


def trained(model, loss, learning_rate=1e-3, **options):
    """One step of Adam on `loss()` over the model's weights."""
    optimizer = keras.optimizers.Adam(learning_rate, **options)
    optimizer.build(model.trainable_variables)

    def step():
        with tf.GradientTape() as tape:
            value = loss()
        gradients = tape.gradient(value, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return value

    return step


def classifier(model, x, y):
    return compiled(trained(model, lambda: cross_entropy(y, model(x, training=True))))


def residual(x, channels, stride):
    y = L.Conv2D(channels, 3, stride, "same", use_bias=False)(x)
    y = L.ReLU()(L.BatchNormalization()(y))
    y = L.BatchNormalization()(L.Conv2D(channels, 3, 1, "same", use_bias=False)(y))
    short = L.Conv2D(channels, 1, stride, use_bias=False)(x) if stride > 1 else x
    return L.ReLU()(L.Add()([y, short]))


def resnet20():
    x = inputs = keras.Input((32, 32, 3))
    x = L.ReLU()(L.BatchNormalization()(L.Conv2D(16, 3, 1, "same", use_bias=False)(x)))
    for stage, channels in enumerate((16, 32, 64)):
        for index in range(3):
            x = residual(x, channels, 2 if stage > 0 and index == 0 else 1)
    model = keras.Model(inputs, L.Dense(10)(L.GlobalAveragePooling2D()(x)))
    return classifier(model, normal(64, 32, 32, 3), integers(10, 64))


def recurrent(layer, steps):
    def make():
        model = keras.Sequential([keras.Input((steps, 28)), layer(128), L.Dense(10)])
        return classifier(model, normal(64, steps, 28), integers(10, 64))

    return make


def vae():
    inputs = keras.Input((784,))
    h = L.Dense(400, "relu")(inputs)
    encoder = keras.Model(inputs, [L.Dense(20)(h), L.Dense(20)(h)])
    decoder = keras.Sequential([keras.Input((20,)), L.Dense(400, "relu"), L.Dense(784)])
    x = tf.constant(rng.random((64, 784), dtype=np.float32))
    weights = encoder.trainable_variables + decoder.trainable_variables
    optimizer = keras.optimizers.Adam(1e-3)
    optimizer.build(weights)

    def step():
        with tf.GradientTape() as tape:
            mean, log_variance = encoder(x, training=True)
            z = mean + tf.random.stateless_normal((64, 20), (1, 2)) * ops.exp(0.5 * log_variance)
            logits = decoder(z, training=True)
            losses = tf.nn.sigmoid_cross_entropy_with_logits(x, logits)
            kl = -0.5 * tf.reduce_sum(1 + log_variance - mean**2 - tf.exp(log_variance), 1)
            value = tf.reduce_mean(tf.reduce_sum(losses, 1) + kl)
        optimizer.apply(tape.gradient(value, weights), weights)
        return value

    return compiled(step)


def dcgan():
    generator = keras.Sequential(
        [
            keras.Input((64,)),
            L.Dense(7 * 7 * 64),
            L.Reshape((7, 7, 64)),
            L.BatchNormalization(),
            L.ReLU(),
            L.Conv2DTranspose(32, 4, 2, "same"),
            L.BatchNormalization(),
            L.ReLU(),
            L.Conv2DTranspose(1, 4, 2, "same", activation="tanh"),
        ]
    )
    critic = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Conv2D(32, 4, 2, "same"),
            L.LeakyReLU(0.2),
            L.Conv2D(64, 4, 2, "same"),
            L.LeakyReLU(0.2),
            L.Flatten(),
            L.Dense(1),
        ]
    )
    real = tf.constant(rng.random((64, 28, 28, 1), dtype=np.float32))
    ones, zeros = tf.ones((64, 1)), tf.zeros((64, 1))

    def noise(number):
        return tf.random.stateless_normal((64, 64), (1, number))

    def judge():
        fake = generator(noise(1), training=True)
        return binary(ones, critic(real, training=True)) + binary(zeros, critic(fake, training=True))

    def fool():
        return binary(ones, critic(generator(noise(2), training=True), training=True))

    options = {"learning_rate": 2e-4, "beta_1": 0.5}
    of_critic, of_generator = trained(critic, judge, **options), trained(generator, fool, **options)

    def step():
        loss = of_critic()
        of_generator()
        return loss

    return compiled(step)


class Spread(L.Layer):
    """A product with the normalised adjacency by edge list (Kipf and Welling 2017)."""

    def __init__(self, nodes, edges):
        super().__init__()
        loops = np.arange(nodes)
        self.source = tf.constant(np.concatenate([edges[:, 0], loops]).astype(np.int32))
        self.target = tf.constant(np.concatenate([edges[:, 1], loops]).astype(np.int32))
        degree = np.bincount(self.target.numpy(), minlength=nodes).astype(np.float32)
        norm = 1 / np.sqrt(degree[self.source.numpy()] * degree[self.target.numpy()])
        self.norm = tf.constant(norm[:, None].astype(np.float32))
        self.nodes = nodes

    def call(self, x):
        return tf.math.unsorted_segment_sum(tf.gather(x, self.source) * self.norm, self.target, self.nodes)


class Bias(L.Layer):
    def build(self, shape):
        self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        return x + self.bias


def gcn():
    edges = rng.integers(0, 2708, (10556, 2))
    x = tf.constant((rng.random((2708, 1433)) < 0.0127).astype(np.float32))
    spread = Spread(2708, edges)
    inputs = keras.Input((1433,))
    h = L.ReLU()(Bias()(spread(L.Dense(16, use_bias=False)(L.Dropout(0.5)(inputs)))))
    model = keras.Model(inputs, Bias()(spread(L.Dense(7, use_bias=False)(L.Dropout(0.5)(h)))))
    return classifier(model, x, integers(7, 2708))


class Places(L.Layer):
    def build(self, shape):
        self.places = self.add_weight(shape=shape[1:], initializer=keras.initializers.RandomNormal(stddev=0.02))

    def call(self, x):
        return x + self.places


def transformer(vocabulary, length, layers, causal):
    def make():
        inputs = keras.Input((length,), dtype="int32")
        h = Places()(L.Embedding(vocabulary, 128)(inputs))
        for _ in range(layers):
            a = L.LayerNormalization(epsilon=1e-5)(h)
            h = h + L.MultiHeadAttention(4, 32)(a, a, use_causal_mask=causal)
            b = L.LayerNormalization(epsilon=1e-5)(h)
            h = h + L.Dense(128)(L.Activation(lambda v: keras.activations.gelu(v, approximate=False))(L.Dense(512)(b)))
        model = keras.Model(inputs, L.Dense(vocabulary)(L.LayerNormalization(epsilon=1e-5)(h)))
        return classifier(model, integers(vocabulary, 16, length), integers(vocabulary, 16, length))

    return make


def unet():
    def pair(x, channels):
        for _ in range(2):
            x = L.Conv2D(channels, 3, 1, "same", activation="relu")(x)
        return x

    inputs = keras.Input((64, 64, 1))
    a = pair(inputs, 16)
    b = pair(L.MaxPool2D()(a), 32)
    c = pair(L.MaxPool2D()(b), 64)
    b = pair(L.Concatenate()([L.Conv2DTranspose(32, 2, 2)(c), b]), 32)
    a = pair(L.Concatenate()([L.Conv2DTranspose(16, 2, 2)(b), a]), 16)
    model = keras.Model(inputs, L.Conv2D(3, 1)(a))
    return classifier(model, normal(16, 64, 64, 1), integers(3, 16, 64, 64))


def mlp():
    model = keras.Sequential(
        [keras.Input((784,)), L.Dense(256, "relu"), L.Dense(128, "relu"), L.Dense(10)]
    )
    return classifier(model, normal(64, 784), integers(10, 64))


def cnn():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Conv2D(32, 3, activation="relu"),
            L.MaxPool2D(),
            L.Conv2D(64, 3, activation="relu"),
            L.MaxPool2D(),
            L.Flatten(),
            L.Dense(128, "relu"),
            L.Dense(10),
        ]
    )
    return classifier(model, normal(64, 28, 28, 1), integers(10, 64))


WORKLOADS = {
    "mlp": mlp,
    "cnn": cnn,
    "resnet20": resnet20,
    "rnn28": recurrent(L.SimpleRNN, 28),
    "lstm28": recurrent(L.LSTM, 28),
    "gru28": recurrent(L.GRU, 28),
    "rnn200": recurrent(L.SimpleRNN, 200),
    "lstm200": recurrent(L.LSTM, 200),
    "gru200": recurrent(L.GRU, 200),
    "vae": vae,
    "dcgan": dcgan,
    "gcn": gcn,
    "bert": transformer(1000, 128, 4, False),
    "gpt": transformer(65, 64, 4, True),
    "unet": unet,
}


def matmul():
    a, b = normal(1024, 1024), normal(1024, 1024)
    return compiled(lambda: a @ b)


def main():
    steps = {}
    for line in sys.stdin:
        name, count = line.split()
        try:
            if name not in steps:
                steps[name] = matmul() if name == "matmul" else WORKLOADS[name]()
                for _ in range(3):
                    steps[name]()
            start = time.perf_counter()
            for _ in range(int(count)):
                result = steps[name]()
            float(tf.reduce_sum(result))
            elapsed = (time.perf_counter() - start) / int(count) * 1e3
            answer = {"ms": elapsed, "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}
        except Exception as error:  # noqa: BLE001 - a peer that cannot run a workload says why
            answer = {"error": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(answer), flush=True)


main()
