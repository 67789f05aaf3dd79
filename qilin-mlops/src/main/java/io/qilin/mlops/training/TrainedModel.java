package io.qilin.mlops.training;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.internal.Sha256;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a trainer made: the model as bytes, what it takes, and what it was made with. Holds no native memory. Immutable and safe
 * to share.
 */
public final class TrainedModel {
  private final ModelFormat format;
  private final ModelSignature signature;
  private final byte[] bytes;
  private final Map<String, String> parameters;
  private final Map<String, Double> metrics;
  private final String dataHash;

  private TrainedModel(Builder builder) {
    this.format = builder.format;
    this.signature = builder.signature;
    this.bytes = builder.bytes;
    this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.parameters));
    this.metrics = Collections.unmodifiableMap(new LinkedHashMap<>(builder.metrics));
    this.dataHash = builder.dataHash;
  }

  /**
   * Starts a trained model.
   *
   * @param bytes copied
   */
  public static Builder builder(ModelFormat format, ModelSignature signature, byte[] bytes) {
    return new Builder(format, signature, bytes);
  }

  /** The kind of the format, for example {@code qilin-linear-1}; {@link ModelFormats#of} finds it again. */
  public String kind() {
    return format.kind();
  }

  /** What it takes. */
  public ModelSignature signature() {
    return signature;
  }

  /** The model: a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return Sha256.hex(bytes);
  }

  /** All parameters that it was trained with, those by default too, in the trainer's order. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Figures of the end of the training, for example {@code valid.l2}; {@code NaN} where not known. */
  public Map<String, Double> metrics() {
    return metrics;
  }

  /** {@link io.qilin.mlops.dataset.TrainingData#dataHash} of what it was trained on; empty if not told. */
  public String dataHash() {
    return dataHash;
  }

  /**
   * Opens it; the caller closes.
   *
   * @throws QilinException as {@link ModelFormat#open}
   */
  public Predictor open() {
    return format.open(signature, bytes.clone());
  }

  /** Gathers what is known. */
  public static final class Builder {
    private final ModelFormat format;
    private final ModelSignature signature;
    private final byte[] bytes;
    private Map<String, String> parameters = Map.of();
    private Map<String, Double> metrics = Map.of();
    private String dataHash = "";

    private Builder(ModelFormat format, ModelSignature signature, byte[] bytes) {
      this.format = Objects.requireNonNull(format, "format");
      this.signature = Objects.requireNonNull(signature, "signature");
      this.bytes = bytes.clone();
    }

    /** What it was trained with; nothing unless set. */
    public Builder parameters(Map<String, String> all) {
      parameters = all;
      return this;
    }

    /** Figures of the end of the training; nothing unless set. */
    public Builder metrics(Map<String, Double> figures) {
      metrics = figures;
      return this;
    }

    /** What it was trained on; empty unless set. */
    public Builder dataHash(String hash) {
      dataHash = Objects.requireNonNull(hash, "hash");
      return this;
    }

    /** The model. */
    public TrainedModel build() {
      return new TrainedModel(this);
    }
  }
}
