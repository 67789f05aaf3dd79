package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.MetricPoint;
import java.util.Map;
import java.util.regex.Pattern;

/** Names under which Qilin keeps in MLflow what MLflow has no place for, and what may be sent. */
final class Words {
  /** Keys that begin so are Qilin's. */
  static final String QILIN = "qilin.";
  /** Keys that begin so are MLflow's. */
  static final String MLFLOW = "mlflow.";

  static final String RUN_NAME = "mlflow.runName";
  static final String PARENT = "mlflow.parentRunId";
  static final String OWNER = "mlflow.user";
  /** The whole name of a run whose name is longer than MLflow keeps. */
  static final String LONG_NAME = "qilin.name";
  /** By which a call that made something finds it again. */
  static final String TOKEN = "qilin.token";
  /** Keeps the order in which runs were registered. */
  static final String REGISTERED = "qilin.registered";
  /** The digest of a file, by the digest of its name. */
  static final String ARTIFACT = "qilin.artifact.";
  /** Where files of Qilin's own are in a run. */
  static final String FOLDER = "qilin/";

  /** The longest name of a run that MLflow's database has a column for. */
  static final int MOST_NAME = 250;
  /** The longest value of a param or tag that every 2.x keeps whole. */
  static final int MOST_VALUE = 5_000;

  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,255}");
  private static final Pattern EXPERIMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private Words() {}

  static boolean isReserved(String key) {
    return key.startsWith(QILIN) || key.startsWith(MLFLOW);
  }

  /** Refuses tags that would change what MLflow or Qilin keep there. */
  static void requireFree(Map<String, String> tags) {
    for (String key : tags.keySet()) {
      if (isReserved(key)) {
        throw QilinException.invalid("tags that begin with " + MLFLOW + " or " + QILIN
            + " are MLflow's and Qilin's own; name this one otherwise: "
            + QilinException.quote(key));
      }
    }
  }

  /** A metric that MLflow keeps as it is. */
  static void requireKept(MetricPoint point) {
    if (point.key().startsWith(QILIN)) {
      throw QilinException.invalid("metrics that begin with " + QILIN
          + " are Qilin's own; name this one otherwise: " + QilinException.quote(point.key()));
    }
    if (Math.abs(point.value()) == Double.MAX_VALUE) {
      throw QilinException.invalid("MLflow cannot tell the largest double from infinity; log "
          + QilinException.quote(point.key()) + " as infinite, or as a smaller number");
    }
  }

  /** A name of a file that MLflow takes. */
  static String requireFile(String name) {
    if (name.startsWith(FOLDER) || name.indexOf('#') >= 0 || name.indexOf('%') >= 0) {
      throw QilinException.invalid(
          "a file in MLflow has no # and no % in its name and does not begin" + " with " + FOLDER
              + ", was " + QilinException.quote(name));
    }
    return name;
  }

  static String requireRun(String id) {
    if (!RUN.matcher(id).matches()) {
      throw noRun(id);
    }
    return id;
  }

  static String requireExperiment(String id) {
    if (!EXPERIMENT.matcher(id).matches()) {
      throw noExperiment(id);
    }
    return id;
  }

  static QilinException noRun(String id) {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND, "MLflow has no run with the id " + QilinException.quote(id));
  }

  static QilinException noExperiment(String id) {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND,
        "MLflow has no experiment with the id " + QilinException.quote(id));
  }

  static QilinException conflict(String message) {
    return new QilinException(ErrorCode.CONFLICT, message);
  }

  static QilinException badToken(String after) {
    return QilinException.invalid(
        "this is no token of a page of this query: " + QilinException.quote(after)
            + "; give the one of the page before, and change nothing else");
  }

  /** The beginning of a text, without half a character at its end. */
  static String head(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** The tag that has the digest of a file. */
  static String artifactTag(String name) {
    return ARTIFACT + Digests.of(name).substring(0, 32);
  }
}
