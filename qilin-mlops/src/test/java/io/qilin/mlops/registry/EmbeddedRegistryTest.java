package io.qilin.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.store.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the embedded registry does beyond the contract: freshness, damage, garbage, and the guard in the database. */
class EmbeddedRegistryTest {
  private static final StageReason WHY = StageReason.of("test");

  @TempDir
  Path folder;

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private static Optional<Integer> production(EmbeddedRegistry registry) {
    return registry.production(RegistryFixture.NAME).map(version -> version.id().version());
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenAnotherProcessPromotes_thenItIsSeenNoLaterThanTheBound(StoreKind kind) {
    try (RegistryFixture fixture = new RegistryFixture(kind, folder)) {
      EmbeddedRegistry other = fixture.another();
      ModelId first = fixture.registered("one");
      ModelId second = fixture.registered("two");
      fixture.registry.move(first, ModelStage.PRODUCTION, WHY);
      assertThat(production(other)).contains(1);

      fixture.registry.promote(second, 1, WHY);
      fixture.nanos.addAndGet(Duration.ofMillis(100).toNanos() - 1);
      assertThat(production(other)).as("an answer from memory").contains(1);
      fixture.nanos.addAndGet(1);

      assertThat(production(other)).contains(2);
      assertThat(production(fixture.registry))
          .as("its own change is seen at once")
          .contains(2);
    }
  }

  @Test
  void whenTheAnswerIsFromMemory_thenItIsTheSameObject() {
    try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
      fixture.registry.move(fixture.registered("one"), ModelStage.PRODUCTION, WHY);

      Optional<ModelVersion> answer = fixture.registry.production(RegistryFixture.NAME);

      assertThat(fixture.registry.production(RegistryFixture.NAME)).isSameAs(answer);
    }
  }

  @Test
  void whenTheStoreCannotBeAsked_thenNoOldAnswerIsGiven() {
    try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
      fixture.registry.move(fixture.registered("one"), ModelStage.PRODUCTION, WHY);
      assertThat(production(fixture.registry)).contains(1);

      fixture.store.database().close();
      assertThat(production(fixture.registry)).as("within the bound").contains(1);
      fixture.nanos.addAndGet(Duration.ofMillis(100).toNanos());

      assertRefused(ErrorCode.INVALID_ARGUMENT, () -> production(fixture.registry));
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenCodeWouldPutTwoIntoProduction_thenTheDatabaseRefuses(StoreKind kind) {
    try (RegistryFixture fixture = new RegistryFixture(kind, folder)) {
      fixture.registry.move(fixture.registered("one"), ModelStage.PRODUCTION, WHY);
      fixture.registered("two");

      assertThatThrownBy(() -> fixture
              .store
              .database()
              .write(connection ->
                  Sql.update(connection, "UPDATE model_version SET stage = 'PRODUCTION'")))
          .isInstanceOf(QilinException.class);

      assertThat(fixture.registry.versions(RegistryFixture.NAME, 9))
          .extracting(ModelVersion::stage)
          .containsExactly(ModelStage.NONE, ModelStage.PRODUCTION);
    }
  }

  @Test
  void whenAFileIsDamaged_thenNeitherRegisteringNorReadingSucceeds() throws IOException {
    try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
      ModelId id = fixture.registered("one");
      String digest = fixture.put("one");
      Path file = fixture.artifacts.file(digest);
      Files.writeString(file, "owe");

      assertRefused(ErrorCode.STORE_DAMAGED, () -> fixture.registry.file(id, "model.txt"));
      assertRefused(
          ErrorCode.STORE_DAMAGED,
          () ->
              fixture.registry.register(RegistryFixture.draft(digest, RegistryFixture.SIGNATURE)));
      assertThat(fixture.registry.versions(RegistryFixture.NAME, 9)).hasSize(1);
      fixture.put("one");
      assertThat(fixture.registry.file(id, "model.txt")).asString().isEqualTo("one");
    }
  }

  @Test
  void whenARowIsDamaged_thenItSaysWhich() {
    try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
      ModelId id = fixture.registered("one");
      fixture.registry.move(id, ModelStage.STAGING, WHY);
      for (String damage : List.of(
          "UPDATE model_version SET stage = 'LIVE'",
          "UPDATE model_version SET stage = 'NONE', tags = '{'",
          "UPDATE model_version SET tags = '{}', registered = 'today'",
          "UPDATE model_move SET facts = '[]'")) {
        fixture.store.database().write(connection -> Sql.update(connection, damage));
        assertRefused(ErrorCode.STORE_DAMAGED, () -> {
          fixture.registry.version(id);
          fixture.registry.history(RegistryFixture.NAME, 5);
        });
      }
      fixture
          .store
          .database()
          .write(connection -> Sql.update(connection, "UPDATE model_version SET stage = 'LIVE'"));
      assertRefused(
          ErrorCode.STORE_DAMAGED, () -> fixture.registry.move(id, ModelStage.STAGING, WHY));
    }
  }

  @Test
  void whenGarbageIsCollected_thenTheFilesOfVersionsStay() {
    try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
      ModelId kept = fixture.registered("kept");
      ModelId deleted = fixture.registered("deleted");
      ModelId shared = fixture.registered("kept");
      fixture.put("never registered");
      fixture.registry.delete(deleted);
      fixture.registry.delete(shared);

      assertThat(fixture.artifacts.collect(fixture.registry::refersTo).removed())
          .isEqualTo(2);

      assertThat(fixture.registry.file(kept, "model.txt")).asString().isEqualTo("kept");
    }
  }

  @Test
  void whenTheTablesAreOfANewerQilin_thenOpeningIsRefused() {
    try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
      fixture
          .store
          .database()
          .write(connection -> Sql.update(
              connection, "UPDATE qilin_schema SET version = 99 WHERE part = 'registry'"));

      assertRefused(ErrorCode.STORE_VERSION, fixture::another);
    }
  }

  @Test
  void whenTheLineIsLong_thenOnlyItsEndIsKept() {
    try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
      ModelId first = fixture.registered("one");
      ModelId second = fixture.registered("two");
      fixture.store.database().write(connection -> {
        fillLine(connection, first);
        return null;
      });

      fixture.registry.move(second, ModelStage.PRODUCTION, WHY);

      int places = fixture
          .store
          .database()
          .read(connection -> Sql.first(
                  connection, "SELECT COUNT(*) FROM model_line", row -> row.getInt(1))
              .orElseThrow());
      assertThat(places).isEqualTo(MoveRows.MAX_LINE);
    }
  }

  private static void fillLine(Connection connection, ModelId id) throws SQLException {
    for (int i = 0; i < MoveRows.MAX_LINE + 5; i++) {
      Sql.update(connection, "INSERT INTO model_line VALUES (?, ?, ?)", id.name(), i, id.version());
    }
  }

  @Test
  void whenFreshnessIsOutOfRange_thenItIsRefused() {
    try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
      EmbeddedRegistry.Builder builder = EmbeddedRegistry.builder(
          fixture.store.database(), fixture.artifacts, fixture.clock, fixture.nanos::get);

      assertRefused(ErrorCode.INVALID_ARGUMENT, () -> builder.freshness(Duration.ofSeconds(-1)));
      assertRefused(ErrorCode.INVALID_ARGUMENT, () -> builder.freshness(Duration.ofHours(2)));
      EmbeddedRegistry always = builder.freshness(Duration.ZERO).open();
      assertThat(production(always)).isEmpty();
      fixture.registry.move(fixture.registered("one"), ModelStage.PRODUCTION, WHY);
      assertThat(production(always)).contains(1);
    }
  }
}
