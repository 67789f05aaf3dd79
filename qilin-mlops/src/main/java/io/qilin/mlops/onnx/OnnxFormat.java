package io.qilin.mlops.onnx;

import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.training.ModelFormat;
import java.util.Objects;

/** ONNX as a form in which models are kept: each is opened by {@link OnnxModel} with the same options. Safe to share. */
public final class OnnxFormat implements ModelFormat {
  /** The kind's name. */
  public static final String KIND = "onnx";

  private final OnnxOptions options;

  /** The format with the options that all its models are opened with. */
  public OnnxFormat(OnnxOptions options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Predictor open(ModelSignature signature, byte[] bytes) {
    return OnnxModel.open(bytes, signature, options);
  }
}
