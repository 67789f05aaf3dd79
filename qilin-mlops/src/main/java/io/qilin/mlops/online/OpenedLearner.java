package io.qilin.mlops.online;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.training.IncrementalModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the database has of a learner, or what a new one begins with. */
final class OpenedLearner {
  final LearnerState state;
  final IncrementalModel serving;
  final @Nullable IncrementalModel shadow;

  private OpenedLearner(
      LearnerState state, IncrementalModel serving, @Nullable IncrementalModel shadow) {
    this.state = state;
    this.serving = serving;
    this.shadow = shadow;
  }

  static OpenedLearner of(
      Connection connection,
      String name,
      IncrementalModel initial,
      Function<byte[], IncrementalModel> restore)
      throws SQLException {
    String features = Row.signature(initial.signature());
    Optional<OpenedLearner> known = Sql.first(
        connection,
        "SELECT * FROM online_learner WHERE name = ?",
        row -> {
          if (!row.getString("signature").equals(features)) {
            throw new QilinException(
                ErrorCode.MODEL_MISMATCH,
                "the learner " + name
                    + " was begun with other features; give the new features a new name");
          }
          String beside = row.getString("shadow");
          return new OpenedLearner(
              LearnerState.of(name, row),
              restored(restore, row.getString("serving"), name),
              beside == null ? null : restored(restore, beside, name));
        },
        name);
    if (known.isPresent()) {
      return known.get();
    }
    LearnerState fresh = new LearnerState(name);
    Sql.update(
        connection,
        "INSERT INTO online_learner (name, signature, step, next, serving, serving_version,"
            + " shadow_version, fresh, dropped, scored, loss, faded, shadow_scored, shadow_loss,"
            + " beside_loss) VALUES (?, ?, 0, 0, ?, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
        name,
        features,
        Row.state(initial.state()));
    return new OpenedLearner(fresh, initial.copy(), null);
  }

  private static IncrementalModel restored(
      Function<byte[], IncrementalModel> restore, String known, String name) {
    byte[] bytes = Row.bytes(known, "a model of the learner " + name);
    try {
      return restore.apply(bytes);
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID,
          "a model of the learner " + name + " could not be restored from its state",
          e);
    }
  }
}
