package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.audit.AuditField.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values that make up entries, records and checkpoints. */
class AuditValuesTest {
  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenAValueIsShort_thenItIsWhole() {
    AuditField field = AuditField.of("王小明");
    assertThat(field).isEqualTo(new AuditField(State.WHOLE, "王小明", 3));
    assertThat(field.bytes()).isEqualTo(9);
  }

  @Test
  void whenAValueIsAtTheLimit_thenItIsWholeAndOneMoreIsCut() {
    String most = "a".repeat(AuditField.MAX_BYTES);
    assertThat(AuditField.of(most).state()).isEqualTo(State.WHOLE);
    AuditField cut = AuditField.of(most + "b");
    assertThat(cut).isEqualTo(new AuditField(State.CUT, most, AuditField.MAX_BYTES + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "涨", "😀"})
  void whenAValueIsCut_thenNotWithinACharacter(String character) {
    AuditField cut = AuditField.of(character.repeat(70_000));
    assertThat(cut.state()).isEqualTo(State.CUT);
    assertThat(cut.length()).isEqualTo(70_000L * character.length());
    assertThat(cut.text().replace(character, "")).isEmpty();
    assertThat(cut.bytes()).isBetween(AuditField.MAX_BYTES - 3, AuditField.MAX_BYTES);
  }

  @Test
  void whenASurrogateStandsAlone_thenItIsReplaced() {
    AuditField field = AuditField.of("a\ud800b\udc00");
    assertThat(field).isEqualTo(new AuditField(State.WHOLE, "a\ufffdb\ufffd", 4));
    assertThat(field.bytes()).isEqualTo(8);
    assertThat(AuditField.of("😀").text()).isEqualTo("😀");
  }

  @Test
  void whenThePartsOfAFieldDisagree_thenItIsRefused() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> new AuditField(State.WHOLE, "abc", 4));
    refused(ErrorCode.INVALID_ARGUMENT, () -> new AuditField(State.CUT, "abc", 3));
    refused(ErrorCode.INVALID_ARGUMENT, () -> new AuditField(State.ERASED, "a", 0));
    refused(ErrorCode.INVALID_ARGUMENT, () -> new AuditField(State.ERASED, "", 1));
    refused(ErrorCode.INVALID_ARGUMENT, () -> new AuditField(State.WHOLE, "\ud800", 1));
    String large = "a".repeat(AuditField.MAX_BYTES + 1);
    refused(ErrorCode.LIMIT_EXCEEDED, () -> new AuditField(State.WHOLE, large, large.length()));
  }

  @Test
  void whenAllValuesAreLong_thenTheyShareTheRoom() {
    AuditEntry.Builder builder =
        AuditEntry.builder("u".repeat(70_000), "a", "r".repeat(70_000), AuditOutcome.NOTICE);
    for (int i = 0; i < 8; i++) {
      builder.attribute("x" + i, "v".repeat(70_000));
    }
    builder.attribute("small", "kept");
    AuditEntry entry = builder.build();
    assertThat(entry.attributes().get("small")).isEqualTo(AuditField.of("kept"));
    assertThat(entry.action()).isEqualTo(AuditField.of("a"));
    int sum = entry.identity().bytes() + 1 + entry.resource().bytes();
    for (Map.Entry<String, AuditField> one : entry.attributes().entrySet()) {
      sum += one.getKey().length() + one.getValue().bytes();
    }
    assertThat(sum).isBetween(AuditEntry.MAX_BYTES - 11, AuditEntry.MAX_BYTES);
    assertThat(entry.identity().length()).isEqualTo(70_000);
    assertThat(entry.identity().bytes()).isEqualTo(entry.resource().bytes());
  }

  @Test
  void whenAnEntryIsPutTogetherTooLarge_thenItIsRefused() {
    AuditField full = AuditField.of("x".repeat(AuditField.MAX_BYTES));
    AuditField one = AuditField.of("y");
    new AuditEntry(
        full,
        full,
        full,
        AuditOutcome.NOTICE,
        AuditField.of("x".repeat(AuditField.MAX_BYTES)),
        new TreeMap<>());
    refused(
        ErrorCode.LIMIT_EXCEEDED,
        () -> new AuditEntry(
            full, full, full, AuditOutcome.NOTICE, full, new TreeMap<>(Map.of("a", one))));
  }

  @Test
  void whenThereAreTooManyAttributes_thenTheEntryIsRefused() {
    AuditEntry.Builder builder = AuditEntry.builder("u", "a", "r", AuditOutcome.NOTICE);
    for (int i = 0; i < AuditEntry.MAX_ATTRIBUTES; i++) {
      builder.attribute("n" + i, "v");
    }
    assertThat(builder.build().attributes()).hasSize(64);
    builder.attribute("one more", "v");
    refused(ErrorCode.LIMIT_EXCEEDED, builder::build);
  }

  @Test
  void whenANameIsEmptyTooLongOrBroken_thenTheEntryIsRefused() {
    AuditField one = AuditField.of("v");
    for (String name : new String[] {"", "n".repeat(1025), "涨".repeat(342), "\ud800"}) {
      refused(
          ErrorCode.INVALID_ARGUMENT,
          () -> new AuditEntry(
              one, one, one, AuditOutcome.NOTICE, one, new TreeMap<>(Map.of(name, one))));
    }
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> AuditEntry.builder("u", "a", "r", AuditOutcome.NOTICE)
            .attribute("", "v")
            .build());
  }

  @Test
  void whenTheNameOfAnAttributeIsLong_thenItIsCutWithItsTrueLength() {
    AuditEntry entry = AuditEntry.builder("u", "a", "r", AuditOutcome.NOTICE)
        .attribute("n".repeat(1024), "whole")
        .attribute("m".repeat(70_000), "cut")
        .attribute("\ud800", "mended")
        .build();
    assertThat(entry.attributes().keySet())
        .containsExactlyInAnyOrder("n".repeat(1024), "m".repeat(1000) + "…[70000]", "\ufffd");
  }

  @Test
  void whenThereIsNoActionOrAnIntentHasNoCorrelationId_thenTheEntryIsRefused() {
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> AuditEntry.builder("u", "", "r", AuditOutcome.NOTICE).build());
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> AuditEntry.builder("u", "a", "r", AuditOutcome.INTENT).build());
  }

  @ParameterizedTest
  @EnumSource(AuditOutcome.class)
  void whenAnOutcomeIsAnEnd_thenItClosesAnIntent(AuditOutcome outcome) {
    assertThat(outcome.closesIntent())
        .isEqualTo(outcome != AuditOutcome.INTENT && outcome != AuditOutcome.NOTICE);
  }

  @Test
  void whenAHashIsPrinted_thenItParsesBack() {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 0xa5);
    AuditHash hash = AuditHash.of(bytes);
    bytes[0] = 0;
    assertThat(hash).hasToString("a5".repeat(32));
    assertThat(AuditHash.parse(hash.toString())).isEqualTo(hash).hasSameHashCodeAs(hash);
    hash.bytes()[1] = 0;
    assertThat(hash).hasToString("a5".repeat(32));
    assertThat(hash).isNotEqualTo(AuditHash.of(bytes)).isNotEqualTo("a5".repeat(32));
    refused(ErrorCode.INVALID_ARGUMENT, () -> AuditHash.of(new byte[31]));
    refused(ErrorCode.INVALID_ARGUMENT, () -> AuditHash.parse("A5".repeat(32)));
    refused(ErrorCode.INVALID_ARGUMENT, () -> AuditHash.parse("a5".repeat(31)));
  }

  @Test
  void whenACheckpointIsPrinted_thenItParsesBackAndIsSigned() {
    AuditCheckpoint made = checkpoint();
    assertThat(made.toString()).doesNotContain("\n").startsWith("qilin-audit-checkpoint-1 ");
    assertThat(AuditCheckpoint.parse(made.toString())).isEqualTo(made);
    assertThat(made.signedFor(AuditFixture.VERIFIER)).isTrue();
  }

  private static AuditCheckpoint checkpoint() {
    return AuditCheckpoint.signed(
        AuditFixture.SIGNER,
        "0123456789abcdef".repeat(2),
        1000,
        MerkleProofs.leaf(new byte[] {1}),
        Instant.parse("2026-01-05T01:30:00Z"));
  }

  @Test
  void whenAnyPartOfACheckpointIsChanged_thenItIsNotSigned() {
    AuditCheckpoint made = checkpoint();
    for (AuditCheckpoint other : new AuditCheckpoint[] {
      new AuditCheckpoint("f".repeat(32), 1000, made.root(), made.at(), "k1", made.signature()),
      new AuditCheckpoint(made.logId(), 1001, made.root(), made.at(), "k1", made.signature()),
      new AuditCheckpoint(
          made.logId(), 1000, MerkleProofs.leaf(new byte[0]), made.at(), "k1", made.signature()),
      new AuditCheckpoint(made.logId(), 1000, made.root(), Instant.EPOCH, "k1", made.signature()),
      new AuditCheckpoint(made.logId(), 1000, made.root(), made.at(), "k2", made.signature()),
      new AuditCheckpoint(made.logId(), 1000, made.root(), made.at(), "k1", "AAAA"),
      new AuditCheckpoint(made.logId(), 1000, made.root(), made.at(), "k1", "A"),
      new AuditCheckpoint(made.logId(), 1000, made.root(), made.at(), "k1", "AB")
    }) {
      assertThat(other.signedFor(AuditFixture.VERIFIER)).isFalse();
    }
    assertThat(new AuditCheckpoint(made.logId(), 1000, made.root(), made.at(), "k1", "AB")
            .signedFor((key, message, signature) -> true))
        .as("base64url of another form")
        .isFalse();
  }

  @Test
  void whenAVerifierThrows_thenTheCheckpointIsNotSigned() {
    assertThat(checkpoint().signedFor((key, message, signature) -> {
          throw QilinException.invalid("broken");
        }))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "qilin-audit-checkpoint-1",
        "qilin-audit-checkpoint-2 00000000000000000000000000000000 1 %s 2026-01-05T01:30:00Z k AAAA",
        "qilin-audit-checkpoint-1 00000000000000000000000000000000 -1 %s 2026-01-05T01:30:00Z k AAAA",
        "qilin-audit-checkpoint-1 00000000000000000000000000000000 1 %s 2026-13-05T01:30:00Z k AAAA",
        "qilin-audit-checkpoint-1 00000000000000000000000000000000 1 %s 2026-01-05T01:30:00Z k AAAA\n",
        "qilin-audit-checkpoint-1 00000000000000000000000000000000 1 %s 2026-01-05T01:30:00Z k A=AA"
      })
  void whenATextIsNoCheckpoint_thenItIsRefused(String text) {
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> AuditCheckpoint.parse(text.replace("%s", "0".repeat(64))));
  }

  @Test
  void whenThePartsOfACheckpointHaveAnotherForm_thenItIsRefused() {
    AuditCheckpoint made = checkpoint();
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> new AuditCheckpoint("x", 1, made.root(), made.at(), "k1", "AAAA"));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> new AuditCheckpoint(made.logId(), -1, made.root(), made.at(), "k1", "AAAA"));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> new AuditCheckpoint(made.logId(), 1, made.root(), made.at(), "k 1", "AAAA"));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> new AuditCheckpoint(made.logId(), 1, made.root(), made.at(), "k1", ""));
    assertThat(new AuditCheckpoint(made.logId(), 0, made.root(), made.at(), "k1", "AAAA").size())
        .isZero();
  }

  @Test
  void whenTheNumbersOfAQueryAreOutOfBounds_thenItIsRefused() {
    assertThat(AuditQuery.all().withFirst(1).withLimit(AuditQuery.MAX_LIMIT).limit())
        .isEqualTo(10_000);
    refused(ErrorCode.INVALID_ARGUMENT, () -> AuditQuery.all().withFirst(0));
    refused(ErrorCode.INVALID_ARGUMENT, () -> AuditQuery.all().withLimit(0));
    refused(ErrorCode.INVALID_ARGUMENT, () -> AuditQuery.all().withLimit(AuditQuery.MAX_LIMIT + 1));
  }
}
