package io.qilin.mlops.serving;

import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Predictor;

/** Makes a version ready to score, by its kind and files. What it throws means that the version cannot serve. */
@FunctionalInterface
public interface ModelOpener {
  /**
   * Opens a version.
   *
   * @param version whose files {@link io.qilin.api.model.ModelRegistry#file} gives
   * @return a predictor of its own for each call, safe to share between threads; whoever called closes it
   */
  Predictor open(ModelVersion version);
}
