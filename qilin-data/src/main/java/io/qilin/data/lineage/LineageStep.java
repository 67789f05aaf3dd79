package io.qilin.data.lineage;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Something that was run: what it read, what it made, by which code and with which parameters.
 *
 * @param operation what was run, for example {@code compute-factors}
 * @param code which code
 * @param parameters by name, as text; without secrets
 * @param inputs what it read; empty for what comes from outside
 * @param outputs what it made, at least one
 * @param started when it began
 * @param ended when it ended
 */
public record LineageStep(
    String operation,
    CodeVersion code,
    Map<String, String> parameters,
    List<LineageNode> inputs,
    List<LineageNode> outputs,
    Instant started,
    Instant ended) {
  /**
   * Copies the collections.
   *
   * @throws QilinException INVALID_ARGUMENT for a blank operation, without output, for an end before the start, or if an
   *     output is one of the inputs: what comes out as it went in was not made
   */
  public LineageStep {
    Objects.requireNonNull(code, "code");
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (operation.isBlank() || outputs.isEmpty()) {
      throw QilinException.invalid("a step of the lineage needs an operation and an output");
    }
    if (ended.isBefore(started)) {
      throw QilinException.invalid("the step " + QilinException.quote(operation) + " ended at "
          + ended + ", before it started at " + started);
    }
    Set<ContentHash> read = new HashSet<>();
    inputs.forEach(input -> read.add(input.hash()));
    for (LineageNode output : outputs) {
      if (read.contains(output.hash())) {
        throw QilinException.invalid("the step " + QilinException.quote(operation) + " gives "
            + QilinException.quote(output.name()) + " as it was read; leave the step away");
      }
    }
  }

  /**
   * The name of the run: a UUID of version 8 from a SHA-256 over operation, code, parameters, the hashes of inputs and
   * outputs, and the start. The same run has the same name on every machine.
   */
  public UUID id() {
    return RunId.of(operation, code, parameters, inputs, outputs, started);
  }
}
