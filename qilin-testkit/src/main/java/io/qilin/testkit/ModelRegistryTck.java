package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelEvent;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.RegistryCapability;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import io.qilin.api.model.TrainingWindow;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link ModelRegistry}: extend, supply an empty registry and a way to store files, run. */
public abstract class ModelRegistryTck {
  private static final String NAME = "tck_model";
  private static final StageReason WHY = new StageReason("because\n涨停", Map.of("k", "v"));
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  /** For subclasses. */
  protected ModelRegistryTck() {}

  /** The registry; it is empty when a test begins and always the same object during a test. */
  protected abstract ModelRegistry registry() throws Exception;

  /** Stores the content of a file where the registry looks for it, and gives its SHA-256 in hexadecimal. */
  protected abstract String stored(byte[] content) throws Exception;

  private ModelDraft draft(String name) throws Exception {
    return ModelDraft.builder(
            name,
            "linear",
            new ModelSignature(List.of("KMID", "涨幅"), ModelSignature.Missing.NO_SCORE))
        .file("model.bin", stored(CONTENT))
        .file("about.txt", stored(new byte[0]))
        .lineage(new ModelLineage(
            "d1",
            "f1",
            "c1",
            "run-1",
            Optional.of(new TrainingWindow(
                LocalDate.of(2019, 1, 2), LocalDate.of(2020, 12, 31), LocalDate.of(2021, 1, 5)))))
        .metric("ic", 0.1 + 0.2)
        .metric("unknown", Double.NaN)
        .tag("author", "a \"quoted\" 名")
        .description("line one\nline two")
        .build();
  }

  private ModelVersion registered() throws Exception {
    return registry().register(draft(NAME));
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private Optional<ModelId> inProduction() throws Exception {
    return registry().production(NAME).map(ModelVersion::id);
  }

  @Test
  void whenADraftIsRegistered_thenItIsReadAsItWas() throws Exception {
    ModelDraft draft = draft(NAME);

    ModelVersion version = registry().register(draft);

    assertThat(version.id()).isEqualTo(new ModelId(NAME, 1));
    assertThat(version.draft()).isEqualTo(draft);
    assertThat(version.stage()).isEqualTo(ModelStage.NONE);
    assertThat(registry().version(version.id())).contains(version);
    assertThat(registry().file(version.id(), "model.bin")).isEqualTo(CONTENT);
    assertThat(registry().file(version.id(), "about.txt")).isEmpty();
  }

  @Test
  void whenNamesAndVersionsAreListed_thenEachIsThereOnce() throws Exception {
    registry().register(draft("b"));
    registry().register(draft("a"));
    registry().register(draft("b"));

    assertThat(registry().names()).containsExactly("a", "b");
    assertThat(registry().versions("b", 10))
        .extracting(version -> version.id().version())
        .containsExactly(2, 1);
    assertThat(registry().versions("b", 1)).hasSize(1);
    assertThat(registry().versions("c", 10)).isEmpty();
  }

  @Test
  void whenAFileWasNotStored_thenNothingIsRegistered() throws Exception {
    ModelDraft draft = ModelDraft.builder(
            NAME, "linear", new ModelSignature(List.of("x"), ModelSignature.Missing.NO_SCORE))
        .file("model.bin", "0".repeat(64))
        .build();

    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> registry().register(draft));
    assertThat(registry().versions(NAME, 10)).isEmpty();
    assertThat(registered().id().version()).isEqualTo(1);
  }

  @Test
  void whenNothingIsThere_thenAnswersAreEmptyOrSaySo() throws Exception {
    ModelId unknown = new ModelId("nobody", 1);

    assertThat(registry().version(unknown)).isEmpty();
    assertThat(registry().production("nobody")).isEmpty();
    assertThat(registry().previous("nobody")).isEmpty();
    assertThat(registry().alias("nobody", "champion")).isEmpty();
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> registry().file(unknown, "model.bin"));
    assertRefused(
        ErrorCode.DATA_NOT_FOUND, () -> registry().move(unknown, ModelStage.STAGING, WHY));
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> registry().promote(unknown, 0, WHY));
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> registry().rollback("nobody", WHY));
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> registry().setAlias(unknown, "champion"));
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> registry().delete(unknown));
    registry().removeAlias("nobody", "champion");
    ModelId known = registered().id();
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> registry().file(known, "other.bin"));
  }

  @Test
  void whenAVersionIsPromoted_thenTheOneBeforeIsArchived() throws Exception {
    ModelId first = registered().id();
    ModelId second = registered().id();
    registry().move(first, ModelStage.PRODUCTION, WHY);

    ModelVersion promoted = registry().promote(second, 1, WHY);

    assertThat(promoted.stage()).isEqualTo(ModelStage.PRODUCTION);
    assertThat(inProduction()).contains(second);
    assertThat(registry().version(first).map(ModelVersion::stage)).contains(ModelStage.ARCHIVED);
    assertThat(registry().previous(NAME).map(ModelVersion::id)).contains(first);
  }

  @Test
  void whenAnotherVersionIsInProduction_thenAPromotionIsRefused() throws Exception {
    ModelId first = registered().id();
    ModelId second = registered().id();

    assertRefused(ErrorCode.CONFLICT, () -> registry().promote(second, 1, WHY));
    registry().promote(first, 0, WHY);
    assertRefused(ErrorCode.CONFLICT, () -> registry().promote(second, 0, WHY));
    assertRefused(ErrorCode.CONFLICT, () -> registry().promote(second, 7, WHY));
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> registry().promote(second, -1, WHY));

    assertThat(inProduction()).contains(first);
    assertThat(registry().version(second).map(ModelVersion::stage)).contains(ModelStage.NONE);
  }

  @Test
  void whenRolledBackAgainAndAgain_thenItGoesFurtherBack() throws Exception {
    ModelId first = registered().id();
    ModelId second = registered().id();
    ModelId third = registered().id();
    for (ModelId id : List.of(first, second, third)) {
      registry().move(id, ModelStage.PRODUCTION, WHY);
    }

    assertThat(registry().rollback(NAME, WHY).id()).isEqualTo(second);
    assertThat(inProduction()).contains(second);
    assertThat(registry().rollback(NAME, WHY).id()).isEqualTo(first);
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> registry().rollback(NAME, WHY));
    assertThat(inProduction()).contains(first);
    assertThat(registry().previous(NAME)).isEmpty();
  }

  @Test
  void whenProductionWasEmptied_thenARollbackBringsTheLastOneBack() throws Exception {
    ModelId first = registered().id();
    registry().move(first, ModelStage.PRODUCTION, WHY);
    registry().move(first, ModelStage.ARCHIVED, WHY);
    assertThat(inProduction()).isEmpty();
    assertThat(registry().previous(NAME).map(ModelVersion::id)).contains(first);

    assertThat(registry().rollback(NAME, WHY).stage()).isEqualTo(ModelStage.PRODUCTION);

    assertThat(inProduction()).contains(first);
  }

  @Test
  void whenADeletedVersionWasInProduction_thenARollbackPassesItBy() throws Exception {
    ModelId first = registered().id();
    ModelId second = registered().id();
    ModelId third = registered().id();
    for (ModelId id : List.of(first, second, third)) {
      registry().move(id, ModelStage.PRODUCTION, WHY);
    }
    registry().delete(second);

    assertThat(registry().rollback(NAME, WHY).id()).isEqualTo(first);
  }

  @Test
  void whenAVersionIsDeleted_thenItsNumberIsNotGivenAgain() throws Exception {
    registered();
    ModelId second = registered().id();

    registry().delete(second);

    assertThat(registry().version(second)).isEmpty();
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> registry().file(second, "model.bin"));
    assertThat(registered().id().version()).isEqualTo(3);
  }

  @Test
  void whenAVersionIsInUse_thenItIsNotDeleted() throws Exception {
    ModelId first = registered().id();
    ModelId second = registered().id();
    registry().move(first, ModelStage.PRODUCTION, WHY);
    registry().setAlias(second, "challenger");

    assertRefused(ErrorCode.CONFLICT, () -> registry().delete(first));
    assertRefused(ErrorCode.CONFLICT, () -> registry().delete(second));

    registry().removeAlias(NAME, "challenger");
    registry().delete(second);
    assertThat(registry().versions(NAME, 10)).hasSize(1);
  }

  @Test
  void whenAnAliasIsSetAgain_thenItPointsToTheOtherVersionOnly() throws Exception {
    ModelId first = registered().id();
    ModelId second = registered().id();
    registry().setAlias(first, "champion");
    registry().setAlias(first, "Champion");

    registry().setAlias(second, "champion");

    assertThat(registry().alias(NAME, "champion").map(ModelVersion::id)).contains(second);
    assertThat(registry().version(first).orElseThrow().aliases()).containsExactly("Champion");
    assertThat(registry().version(second).orElseThrow().aliases()).containsExactly("champion");
    registry().removeAlias(NAME, "champion");
    registry().removeAlias(NAME, "champion");
    assertThat(registry().alias(NAME, "champion")).isEmpty();
  }

  @Test
  void whenAnAliasIsReserved_thenItIsRefused() throws Exception {
    ModelId id = registered().id();

    for (String alias : List.of("latest", "LATEST", "v1", "V20", "", " ", "1st", "a b", "a/b")) {
      assertRefused(ErrorCode.INVALID_ARGUMENT, () -> registry().setAlias(id, alias));
    }
    assertThat(registry().version(id).orElseThrow().aliases()).isEmpty();
    registry().setAlias(id, "v1-candidate");
  }

  @Test
  void whenAVersionMoves_thenTheHistorySaysWhy() throws Exception {
    assumeTrue(registry().capabilities().contains(RegistryCapability.HISTORY));
    ModelId first = registered().id();
    ModelId second = registered().id();
    registry().move(first, ModelStage.PRODUCTION, WHY);
    registry().promote(second, 1, WHY);
    registry().move(second, ModelStage.PRODUCTION, StageReason.of("looked at again"));
    registry().rollback(NAME, StageReason.of("worse"));

    List<StageMove> moves = registry().history(NAME, 100);

    assertThat(moves)
        .extracting(move -> move.id().version() + " " + move.from() + " " + move.to())
        .containsExactly(
            "1 ARCHIVED PRODUCTION",
            "2 PRODUCTION ARCHIVED",
            "2 PRODUCTION PRODUCTION",
            "2 NONE PRODUCTION",
            "1 PRODUCTION ARCHIVED",
            "1 NONE PRODUCTION");
    assertThat(moves).extracting(StageMove::number).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(moves.get(5).reason()).isEqualTo(WHY);
    assertThat(moves).filteredOn(StageMove::rollback).containsExactly(moves.get(0));
    assertThat(registry().history(NAME, 2)).isEqualTo(moves.subList(0, 2));
  }

  @Test
  void whenThereIsNoHistory_thenAskingForItIsRefused() throws Exception {
    assumeFalse(registry().capabilities().contains(RegistryCapability.HISTORY));

    assertRefused(ErrorCode.UNSUPPORTED, () -> registry().history(NAME, 1));
  }

  @Test
  void whenALimitIsOutOfRange_thenItIsRefused() throws Exception {
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> registry().versions(NAME, 0));
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> registry().versions(NAME, 10_001));
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> registry().versions("no name", 1));
    assumeTrue(registry().capabilities().contains(RegistryCapability.HISTORY));
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> registry().history(NAME, 0));
  }

  @Test
  void whenSomethingChanges_thenListenersAreTold() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    ModelRegistry.Registration throwing = registry().listen(event -> {
      throw QilinException.invalid("a listener that throws");
    });
    ModelRegistry.Registration registration = registry()
        .listen(
            event -> told.add(event.kind() + " " + event.id().version() + " " + event.detail()));

    ModelId first = registered().id();
    ModelId second = registered().id();
    registry().move(first, ModelStage.PRODUCTION, WHY);
    registry().promote(second, 1, WHY);
    registry().setAlias(first, "old");
    registry().removeAlias(NAME, "old");
    registry().delete(first);
    registration.close();
    registration.close();
    throwing.close();
    registered();

    assertThat(told)
        .containsExactly(
            ModelEvent.Kind.REGISTERED + " 1 ",
            ModelEvent.Kind.REGISTERED + " 2 ",
            ModelEvent.Kind.MOVED + " 1 PRODUCTION",
            ModelEvent.Kind.MOVED + " 1 ARCHIVED",
            ModelEvent.Kind.MOVED + " 2 PRODUCTION",
            ModelEvent.Kind.ALIAS_SET + " 1 old",
            ModelEvent.Kind.ALIAS_REMOVED + " 1 old",
            ModelEvent.Kind.DELETED + " 1 ");
  }

  @Test
  void whenSeveralThreadsRegisterAtOnce_thenEachGetsANumberOfItsOwn() throws Exception {
    ModelRegistry registry = registry();
    ModelDraft draft = draft(NAME);

    List<ModelVersion> versions = Parallel.answers(() -> registry.register(draft));

    assertThat(versions)
        .extracting(version -> version.id().version())
        .containsExactlyInAnyOrder(1, 2, 3, 4);
    assertThat(registry.versions(NAME, 10)).hasSameElementsAs(versions);
  }

  @Test
  void whenSeveralThreadsPromoteAtOnce_thenExactlyOneWins() throws Exception {
    assumeTrue(registry().capabilities().contains(RegistryCapability.ATOMIC_SWAP));
    ModelRegistry registry = registry();
    List<ModelId> candidates = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      candidates.add(registered().id());
    }
    List<ModelId> left = new CopyOnWriteArrayList<>(candidates);

    List<Boolean> won = Parallel.answers(() -> {
      ModelId mine = left.remove(0);
      try {
        registry.promote(mine, 0, WHY);
        return true;
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
        return false;
      }
    });

    assertThat(won).containsOnlyOnce(true);
    assertThat(registry.versions(NAME, 10))
        .filteredOn(version -> version.stage() == ModelStage.PRODUCTION)
        .hasSize(1);
  }
}
