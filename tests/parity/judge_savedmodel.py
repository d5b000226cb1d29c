"""Runs a SavedModel's serving signature with TensorFlow for Python.

Usage: judge_savedmodel.py MODEL_FOLDER INPUT.safetensors OUTPUT.safetensors
"""

import sys

import tensorflow as tf
from safetensors.numpy import load_file, save_file

model, inputs, outputs = sys.argv[1:]
serve = tf.saved_model.load(model).signatures["serving_default"]
given = load_file(inputs)
wanted = serve.structured_input_signature[1]
answers = serve(**{name: tf.cast(given[name], spec.dtype) for name, spec in wanted.items()})
save_file({name: value.numpy() for name, value in answers.items()}, outputs)
