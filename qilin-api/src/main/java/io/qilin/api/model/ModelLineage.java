package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a model comes from. What is not known is an empty text; then the model cannot be made again, and the promotion policy
 * refuses one without a window.
 *
 * @param dataHash names the bytes of the data, for example a SHA-256 in hexadecimal; at most 256 characters, as the other texts
 * @param featureHash names the expressions, their order and the processors with their parameters
 * @param codeVersion the commit or release of the code that trained it
 * @param runId the run of the experiment that made it
 * @param window the dates it has learnt from
 */
public record ModelLineage(
    String dataHash,
    String featureHash,
    String codeVersion,
    String runId,
    Optional<TrainingWindow> window) {
  private static final int MAX = 256;

  /** Nothing is known. */
  public static final ModelLineage UNKNOWN = new ModelLineage("", "", "", "", Optional.empty());

  /**
   * Checks the texts.
   *
   * @throws QilinException INVALID_ARGUMENT if one is too long or cannot be kept
   */
  public ModelLineage {
    ModelText.require("the data hash", dataHash, MAX);
    ModelText.require("the feature hash", featureHash, MAX);
    ModelText.require("the code version", codeVersion, MAX);
    ModelText.require("the run", runId, MAX);
    Objects.requireNonNull(window, "window");
  }
}
