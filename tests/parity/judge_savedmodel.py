"""Runs a SavedModel's serving signature with TensorFlow for Python.

Usage: judge_savedmodel.py MODEL_FOLDER INPUT.safetensors OUTPUT.safetensors
"""

import sys

import tensorflow as tf
from safetensors.numpy import load_file, save_file

model, inputs, outputs = sys.argv[1:]
serve = tf.saved_model.load(model).signatures["serving_default"]
answers = serve(**{name: tf.constant(value) for name, value in load_file(inputs).items()})
save_file({name: value.numpy() for name, value in answers.items()}, outputs)
