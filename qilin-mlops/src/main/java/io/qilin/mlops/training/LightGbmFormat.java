package io.qilin.mlops.training;

import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;

/** LightGBM's text model, evaluated in plain Java. */
final class LightGbmFormat implements ModelFormat {
  @Override
  public String kind() {
    return "lightgbm-text";
  }

  @Override
  public Predictor open(ModelSignature signature, byte[] bytes) {
    return TreeEnsemble.parse(bytes).predictor(signature);
  }
}
