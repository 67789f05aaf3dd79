package io.qilin.data.lineage;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Something that was run and made nothing. It is no part of a graph, as nothing rests on it.
 *
 * @param operation what was run
 * @param code which code
 * @param parameters by name, as text; without secrets
 * @param inputs what it read
 * @param started when it began
 * @param ended when it failed
 * @param reason what went wrong, without secrets, for example the code of an error
 */
public record FailedStep(
    String operation,
    CodeVersion code,
    Map<String, String> parameters,
    List<LineageNode> inputs,
    Instant started,
    Instant ended,
    String reason) {
  /**
   * Copies the collections.
   *
   * @throws QilinException INVALID_ARGUMENT for a blank operation or reason, or for an end before the start
   */
  public FailedStep {
    Objects.requireNonNull(code, "code");
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    inputs = List.copyOf(inputs);
    if (operation.isBlank() || reason.isBlank()) {
      throw QilinException.invalid("a failed step of the lineage needs an operation and a reason");
    }
    if (ended.isBefore(started)) {
      throw QilinException.invalid("the step " + QilinException.quote(operation) + " failed at "
          + ended + ", before it started at " + started);
    }
  }

  /** The name of the run, as {@link LineageStep#id} of a step without outputs. */
  public UUID id() {
    return RunId.of(operation, code, parameters, inputs, List.of(), started);
  }
}
