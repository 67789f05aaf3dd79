package io.qilin.mlops.job;

import io.qilin.mlops.store.StoreKind;
import io.qilin.testkit.fault.FaultRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes long; the profile {@code faults} runs it. */
@Tag("fault")
@Tag("F1")
@EnabledIfSystemProperty(named = FaultRun.COUNT, matches = ".+")
class PostgresJobEventsTest extends JobEventsTest {
  @Override
  StoreKind kind() {
    return StoreKind.POSTGRES;
  }
}
