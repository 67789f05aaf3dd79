package io.qilin.mlops.abtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.store.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The A/B tests of a database. Safe to share between threads; several processes may use the same tests. Every method may throw
 * STORE_UNAVAILABLE, STORE_DAMAGED, IO or RESOURCE_EXHAUSTED; then nothing has changed.
 */
public final class AbTests {
  private final Database database;
  private final InstantSource clock;

  private AbTests(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Opens them; the tables are made if they are not there. The database stays the caller's to close.
   *
   * @throws QilinException STORE_VERSION if a newer version of Qilin wrote them
   */
  public static AbTests open(Database database, InstantSource clock) {
    Objects.requireNonNull(clock, "clock");
    database.require(AbTables.SCHEMA);
    return new AbTests(database, clock);
  }

  /**
   * Starts a test, or goes on with it if it was started with the same plan.
   *
   * @throws QilinException CONFLICT if a test of that id has another plan
   */
  public AbTest start(AbTestPlan plan) {
    database.write(connection -> {
      Optional<AbTestPlan> known = PlanRows.find(connection, plan.id());
      if (known.isEmpty()) {
        PlanRows.insert(connection, plan, clock.instant());
      } else if (!known.get().equals(plan)) {
        throw new QilinException(
            ErrorCode.CONFLICT,
            "the test " + plan.id()
                + " was started with another plan, which cannot change; give the new plan a new id");
      }
      return plan;
    });
    return new AbTest(database, clock, plan);
  }

  /** A test that was started. */
  public Optional<AbTest> find(String id) {
    return database
        .read(connection -> PlanRows.find(connection, id))
        .map(plan -> new AbTest(database, clock, plan));
  }

  /** The ids of all tests, sorted. */
  public List<String> ids() {
    return database.read(connection ->
        Sql.list(connection, "SELECT id FROM ab_test", row -> row.getString("id")).stream()
            .sorted()
            .toList());
  }
}
