package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is to be registered as the next version of a name. Its files are stored before: the draft names them by content.
 *
 * @param name of the model, see {@link ModelId}
 * @param kind what opens it, for example {@code onnx-bundle} or {@code linear}; 1 to 64 characters
 * @param files SHA-256 as 64 lower-case hexadecimal digits, by file name; at least one and at most 1,000. A file's name is 1 to
 *     128 letters, digits, {@code . _ -} of ASCII and begins with a letter or digit
 * @param signature what it takes; its names have at most 4,194,304 characters in all
 * @param lineage where it comes from
 * @param metrics figures of its training, finite or {@code NaN}; at most 1,000 with names of 1 to 250 characters
 * @param tags texts for people and programs; at most 1,000 with names of 1 to 250 characters and values of at most 65,536,
 *     1,048,576 characters in all
 * @param description for people; at most 65,536 characters
 */
public record ModelDraft(
    String name,
    String kind,
    Map<String, String> files,
    ModelSignature signature,
    ModelLineage lineage,
    Map<String, Double> metrics,
    Map<String, String> tags,
    String description) {
  private static final int MAX_KIND = 64;
  private static final int MAX_ENTRIES = 1_000;
  private static final int MAX_KEY = 250;
  private static final int MAX_TEXT = 1 << 16;
  private static final int MAX_FEATURE_TEXT = 1 << 22;
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks and copies; maps keep their order.
   *
   * @throws QilinException INVALID_ARGUMENT naming the first fault
   */
  public ModelDraft {
    ModelId.requireName(name);
    ModelText.requireFilled("the kind of a model", kind, MAX_KIND);
    files = checkedFiles(files);
    requireModest(signature);
    Objects.requireNonNull(lineage, "lineage");
    metrics = checkedMetrics(metrics);
    tags = Collections.unmodifiableMap(
        ModelText.requireAll("tags", tags, MAX_ENTRIES, MAX_KEY, MAX_TEXT));
    ModelText.require("the description", description, MAX_TEXT);
  }

  private static void requireModest(ModelSignature signature) {
    long total = 0;
    for (String feature : signature.features()) {
      ModelText.require("a feature's name", feature, Integer.MAX_VALUE);
      total += feature.length();
    }
    if (total > MAX_FEATURE_TEXT) {
      throw QilinException.invalid("the features' names have " + total
          + " characters in all, at most " + MAX_FEATURE_TEXT + " are kept");
    }
  }

  private static Map<String, String> checkedFiles(Map<String, String> files) {
    ModelText.requireFew("files", files, MAX_ENTRIES);
    if (files.isEmpty()) {
      throw QilinException.invalid("a model has at least one file");
    }
    Map<String, String> copy = new LinkedHashMap<>();
    files.forEach((file, digest) -> {
      if (!FILE.matcher(file).matches()) {
        throw QilinException.invalid("a file's name is 1 to 128 letters, digits, dots, underscores"
            + " or hyphens of ASCII and begins with a letter or digit, was "
            + QilinException.quote(file));
      }
      if (!DIGEST.matcher(digest).matches()) {
        throw QilinException.invalid("the content of " + file
            + " is named by its SHA-256 as 64 lower-case hexadecimal digits, was "
            + QilinException.quote(digest));
      }
      copy.put(file, digest);
    });
    return Collections.unmodifiableMap(copy);
  }

  private static Map<String, Double> checkedMetrics(Map<String, Double> metrics) {
    ModelText.requireFew("metrics", metrics, MAX_ENTRIES);
    Map<String, Double> copy = new LinkedHashMap<>();
    metrics.forEach((metric, value) -> {
      ModelText.requireFilled("the name of a metric", metric, MAX_KEY);
      if (value.isInfinite()) {
        throw QilinException.invalid("a metric is a finite number, or NaN if it is not known: "
            + QilinException.quote(metric) + " is " + value);
      }
      copy.put(metric, value);
    });
    return Collections.unmodifiableMap(copy);
  }

  /**
   * A draft without files, lineage, metrics, tags and description as yet.
   *
   * @param name of the model
   * @param kind what opens it
   * @param signature what it takes
   */
  public static Builder builder(String name, String kind, ModelSignature signature) {
    return new Builder(name, kind, signature);
  }

  /** Gathers a draft. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final String kind;
    private final ModelSignature signature;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private ModelLineage lineage = ModelLineage.UNKNOWN;
    private String description = "";

    private Builder(String name, String kind, ModelSignature signature) {
      this.name = name;
      this.kind = kind;
      this.signature = signature;
    }

    /**
     * Adds a file; at least one is needed.
     *
     * @param file its name within the model
     * @param sha256 its content, 64 lower-case hexadecimal digits
     */
    public Builder file(String file, String sha256) {
      files.put(file, sha256);
      return this;
    }

    /** Where it comes from; {@link ModelLineage#UNKNOWN} unless set. */
    public Builder lineage(ModelLineage from) {
      lineage = from;
      return this;
    }

    /** Adds a figure of its training; none unless added. */
    public Builder metric(String metric, double value) {
      metrics.put(metric, value);
      return this;
    }

    /** Adds a tag; none unless added. */
    public Builder tag(String tag, String value) {
      tags.put(tag, value);
      return this;
    }

    /** A text for people; empty unless set. */
    public Builder description(String text) {
      description = text;
      return this;
    }

    /**
     * The draft.
     *
     * @throws QilinException INVALID_ARGUMENT naming the first fault
     */
    public ModelDraft build() {
      return new ModelDraft(name, kind, files, signature, lineage, metrics, tags, description);
    }
  }
}
