package io.qilin.mlflow;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes a {@link Run} of what the server tells. What other programs logged is shown as far as Qilin has words for it: a metric with
 * a negative step, for example, is left out.
 */
final class RunReader {
  private static final int MOST_NAME = 500;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final LongValues values;

  RunReader(LongValues values) {
    this.values = values;
  }

  Run read(RunDocument document) {
    String id = document.id();
    Run.Builder run = Run.builder(
            id,
            Json.filled(document.info(), "experiment_id"),
            name(document),
            time(Json.whole(document.info(), "start_time")))
        .owner(line(document.tag(Words.OWNER)))
        .deleted(document.deleted());
    String parent = document.tag(Words.PARENT);
    run.parent(parent.isEmpty() ? Optional.empty() : Optional.of(parent));
    RunStatus status = status(Json.text(document.info(), "status"));
    long end = Json.whole(document.info(), "end_time");
    boolean hasEnd = status.ended() && document.info().hasNonNull("end_time");
    run.status(status, hasEnd ? Optional.of(time(end)) : Optional.empty());
    document.params().forEach((key, value) -> {
      if (isKey(key)) {
        run.param(key, values.whole(document, value));
      }
    });
    document.tags().forEach((key, value) -> tag(run, document, key, value));
    document.latest().keySet().forEach(key -> {
      if (isKey(key) && !key.startsWith(Words.QILIN)) {
        last(document, key).ifPresent(run::metric);
      }
    });
    return run.build();
  }

  private void tag(Run.Builder run, RunDocument document, String key, String value) {
    if (key.startsWith(Words.ARTIFACT)) {
      ArtifactMark.parse(value).ifPresent(mark -> run.artifact(mark.artifact()));
    } else if (!Words.isReserved(key) && isKey(key)) {
      run.tag(key, values.whole(document, value));
    }
  }

  /** The last point of the highest step: a late one of that step, if there is one. */
  static Optional<MetricPoint> last(RunDocument document, String key) {
    LatePoints.Stored main = document.latest().get(key);
    LatePoints.Stored late = document.latest().get(LatePoints.valuesOf(key));
    LatePoints.Stored time = document.latest().get(LatePoints.timesOf(key));
    if (main == null) {
      return Optional.empty();
    }
    if (late != null && time != null && late.step() >= main.step()) {
      return point(key, late.value(), late.step(), (long) time.value());
    }
    return point(key, main.value(), main.step(), main.millis());
  }

  /** A point, if Qilin has words for it. */
  static Optional<MetricPoint> point(String key, double value, long step, long millis) {
    try {
      return Optional.of(
          new MetricPoint(key, Infinity.read(value), step, Instant.ofEpochMilli(millis)));
    } catch (QilinException e) {
      return Optional.empty();
    }
  }

  /** Whether Qilin has words for a key. */
  static boolean isKey(String key) {
    try {
      return MetricPoint.requireKey(key).equals(key);
    } catch (QilinException e) {
      return false;
    }
  }

  private static String name(RunDocument document) {
    for (String name : new String[] {
      document.tag(Words.LONG_NAME),
      Json.text(document.info(), "run_name"),
      document.tag(Words.RUN_NAME)
    }) {
      if (!name.isBlank()) {
        return line(name);
      }
    }
    return document.id();
  }

  /** A time of another program; one that Qilin has no words for becomes the first or last that it has. */
  static Instant time(long millis) {
    return Instant.ofEpochMilli(Math.max(0, Math.min(millis, LAST.toEpochMilli())));
  }

  /** A text of another program on one line. */
  static String line(String text) {
    if (text.isBlank()) {
      return "";
    }
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MOST_NAME ? line : line.substring(0, MOST_NAME);
  }

  private static RunStatus status(String text) {
    return switch (text) {
      case "RUNNING", "SCHEDULED" -> RunStatus.RUNNING;
      case "FINISHED" -> RunStatus.FINISHED;
      case "FAILED" -> RunStatus.FAILED;
      case "KILLED" -> RunStatus.KILLED;
      default -> throw Json.strange("a run has the status " + QilinException.quote(text));
    };
  }
}
