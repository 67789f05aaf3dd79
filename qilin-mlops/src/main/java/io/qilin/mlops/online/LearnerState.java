package io.qilin.mlops.online;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a learner: its row without the models. Changed by copy, so that what a failed transaction did is forgotten. The
 * step tells whether somebody else has written meanwhile.
 */
final class LearnerState {
  final String name;
  long step;
  /** The place of the next sample or label. */
  long next;

  long servingVersion = 1;
  long shadowVersion;
  /** Matured since the last try. */
  long fresh;

  @Nullable
  Instant updated;

  long dropped;
  long scored;
  double loss;
  double faded;
  long shadowScored;
  double shadowLoss;
  double besideLoss;
  /** Samples of this moment or before may have been forgotten. */
  @Nullable
  Instant forgotten;

  LearnerState(String name) {
    this.name = name;
  }

  static LearnerState of(String name, ResultSet row) throws SQLException {
    LearnerState state = new LearnerState(name);
    state.step = row.getLong("step");
    state.next = row.getLong("next");
    state.servingVersion = row.getLong("serving_version");
    state.shadowVersion = row.getLong("shadow_version");
    state.fresh = row.getLong("fresh");
    state.updated = moment(row.getString("updated"));
    state.dropped = row.getLong("dropped");
    state.scored = row.getLong("scored");
    state.loss = row.getDouble("loss");
    state.faded = row.getDouble("faded");
    state.shadowScored = row.getLong("shadow_scored");
    state.shadowLoss = row.getDouble("shadow_loss");
    state.besideLoss = row.getDouble("beside_loss");
    state.forgotten = moment(row.getString("forgotten"));
    return state;
  }

  /** Writes all but the models, as the next step. */
  void save(Connection connection) throws SQLException {
    int changed = Sql.update(
        connection,
        "UPDATE online_learner SET step = ?, next = ?, serving_version = ?, shadow_version = ?,"
            + " fresh = ?, updated = ?, dropped = ?, scored = ?, loss = ?, faded = ?,"
            + " shadow_scored = ?, shadow_loss = ?, beside_loss = ?, forgotten = ?"
            + " WHERE name = ? AND step = ?",
        step + 1,
        next,
        servingVersion,
        shadowVersion,
        fresh,
        text(updated),
        dropped,
        scored,
        loss,
        faded,
        shadowScored,
        shadowLoss,
        besideLoss,
        text(forgotten),
        name,
        step);
    if (changed != 1) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "somebody else has driven the learner " + name
              + " since it was opened here; a learner has one driver: open it again");
    }
    step++;
  }

  /** The same counters, to be changed on their own. */
  LearnerState copy() {
    LearnerState copy = new LearnerState(name);
    copy.step = step;
    copy.next = next;
    copy.servingVersion = servingVersion;
    copy.shadowVersion = shadowVersion;
    copy.fresh = fresh;
    copy.updated = updated;
    copy.dropped = dropped;
    copy.scored = scored;
    copy.loss = loss;
    copy.faded = faded;
    copy.shadowScored = shadowScored;
    copy.shadowLoss = shadowLoss;
    copy.besideLoss = besideLoss;
    copy.forgotten = forgotten;
    return copy;
  }

  private static @Nullable Instant moment(@Nullable String text) {
    return Optional.ofNullable(text).map(Instant::parse).orElse(null);
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }
}
