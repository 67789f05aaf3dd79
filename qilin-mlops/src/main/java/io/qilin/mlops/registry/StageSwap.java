package io.qilin.mlops.registry;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelEvent;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One move of a version inside a transaction, with the move of the version that it replaces. */
final class StageSwap {
  private final Connection connection;
  private final ModelId id;
  private final Instant now;
  private final StageReason reason;
  private final boolean rollback;
  private final ModelStage from;
  private final int present;
  private final List<ModelEvent> events = new ArrayList<>();

  private StageSwap(
      Connection connection,
      ModelId id,
      Instant now,
      StageReason reason,
      boolean rollback,
      ModelStage from,
      int present) {
    this.connection = connection;
    this.id = id;
    this.now = now;
    this.reason = reason;
    this.rollback = rollback;
    this.from = from;
    this.present = present;
  }

  static StageSwap begin(
      Connection connection, ModelId id, Instant now, StageReason reason, boolean rollback)
      throws SQLException {
    ModelStage from =
        VersionRows.stage(connection, id).orElseThrow(() -> EmbeddedRegistry.unknown(id));
    int present = VersionRows.inProduction(connection, id.name());
    return new StageSwap(connection, id, now, reason, rollback, from, present);
  }

  void requirePresent(int expected) {
    if (present != expected) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "the decision was about " + version(expected) + " of " + id.name()
              + " in production, now it is " + version(present) + "; judge again");
    }
  }

  private static String version(int number) {
    return number == 0 ? "no version" : "version " + number;
  }

  List<ModelEvent> to(ModelStage to) throws SQLException {
    boolean enters = to == ModelStage.PRODUCTION && from != ModelStage.PRODUCTION;
    if (enters && present != 0) {
      ModelId replaced = new ModelId(id.name(), present);
      step(
          replaced,
          ModelStage.PRODUCTION,
          ModelStage.ARCHIVED,
          StageReason.of("replaced by " + id));
    }
    step(id, from, to, reason);
    if (enters && !rollback) {
      MoveRows.extend(connection, id);
    }
    return List.copyOf(events);
  }

  private void step(ModelId what, ModelStage begin, ModelStage end, StageReason why)
      throws SQLException {
    long number =
        MoveRows.next(connection, what.name()).orElseThrow(() -> EmbeddedRegistry.unknown(what));
    boolean back = rollback && what.equals(id);
    MoveRows.insert(connection, new StageMove(what, number, begin, end, back, now, why));
    if (begin != end) {
      VersionRows.setStage(connection, what, end, now);
      events.add(new ModelEvent(ModelEvent.Kind.MOVED, what, end.name(), now));
    }
  }
}
