package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What runs belong together, for example all trials of one idea.
 *
 * @param id given by the tracker
 * @param name unique in the tracker, deleted experiments counted; 1 to 500 characters on one line
 * @param created to the millisecond
 * @param deleted whether it is put away; it can be restored
 * @param tags sorted by key; values of at most 65,536 characters
 */
public record Experiment(
    String id, String name, Instant created, boolean deleted, Map<String, String> tags) {
  /**
   * Checks and copies.
   *
   * @throws QilinException INVALID_ARGUMENT or LIMIT_EXCEEDED naming the fault
   */
  public Experiment {
    Objects.requireNonNull(id, "id");
    requireName(name);
    created = TrackingText.time(created, "the time of an experiment");
    tags = TrackingText.texts(tags, "the tag");
  }

  /**
   * A name, if it can be one of an experiment.
   *
   * @throws QilinException INVALID_ARGUMENT if it is blank, longer than 500 characters, or not on one line
   */
  public static String requireName(String name) {
    return TrackingText.name(name, "an experiment's name");
  }
}
