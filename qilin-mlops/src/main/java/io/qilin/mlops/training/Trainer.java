package io.qilin.mlops.training;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.dataset.TrainingData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model from rows. Found through {@link java.util.ServiceLoader}; implementations have a public constructor without
 * arguments. A trainer has no state: it is safe to share, and trains several models at once. The same data, parameters and seed
 * give the same bytes, whatever the number of threads. {@code TrainerTck} states the contract.
 */
public interface Trainer {
  /** Unique name of lower-case letters, digits and hyphens, for example {@code ridge}. */
  String id();

  /** The parameters that it understands, each with its default and its range. */
  List<TrainerParameter> parameters();

  /**
   * Trains.
   *
   * @param train the rows to learn from; never changed
   * @param valid rows of the same features that come later, to tell figures of and to stop early by; null if there are none. A
   *     trainer that has no use for them tells at least the figures
   * @param parameters by name; what is not there has its default
   * @param context told how it goes, asked whether to stop, and the source of the seed
   * @return the model, which holds no native memory and no reference to the rows
   * @throws QilinException INVALID_ARGUMENT for an unknown parameter, with the nearest name, or one out of range;
   *     MODEL_MISMATCH if valid has other features than train, or a row has a value that the trainer cannot take; CANCELLED;
   *     TRAINING_FAILED if it came to no model; UNSUPPORTED if a library is missing, which is named
   */
  TrainedModel train(
      TrainingData train,
      @Nullable TrainingData valid,
      Map<String, String> parameters,
      TrainingContext context);
}
