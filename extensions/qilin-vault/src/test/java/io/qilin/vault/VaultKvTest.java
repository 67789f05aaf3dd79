package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.secret.Secret;
import io.qilin.vault.VaultVersions.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VaultKvTest extends VaultFixture {
  private VaultKv kv;

  @BeforeEach
  void open() {
    kv = VaultKv.at(root(), "secret");
  }

  private Optional<String> value(String path) {
    return kv.read(path).flatMap(secret -> secret.field("value")).map(Secret::reveal);
  }

  @Test
  void whenWritten_thenItIsReadWithItsVersionAndTime() {
    assertThat(kv.write("a/b c/密", Map.of("value", Secret.of("s3cr3t \"\\\n é 😀")), 0))
        .isEqualTo(1);

    VaultSecret secret = kv.read("a/b c/密").orElseThrow();
    assertThat(secret.field("value").map(Secret::reveal)).contains("s3cr3t \"\\\n é 😀");
    assertThat(secret.version()).isEqualTo(1);
    assertThat(secret.created()).isEqualTo(vault.clock.instant());
    assertThat(secret.names()).containsExactly("value");
    assertThat(secret.toString()).doesNotContain("s3cr3t");
  }

  @Test
  void whenAFieldIsNoText_thenNumbersAndTruthAreGivenAsWrittenAndTheRestIsNot() {
    vault.kv.put(
        "mixed",
        FakeVault.MAPPER.readTree(
            "{\"port\":5432,\"tls\":true,\"empty\":\"\",\"none\":null,\"list\":[1],\"map\":{}}"));

    VaultSecret secret = kv.read("mixed").orElseThrow();
    assertThat(secret.field("port").map(Secret::reveal)).contains("5432");
    assertThat(secret.field("tls").map(Secret::reveal)).contains("true");
    assertThat(List.of("empty", "none", "list", "map", "absent"))
        .allMatch(name -> secret.field(name).isEmpty());
    assertThat(secret.names()).hasSize(6);
  }

  @Test
  void whenAnotherWroteBefore_thenTheWriteIsAConflict() {
    vault.kv.put("app", Map.of("value", "theirs"));

    assertThat(code(() -> kv.write("app", Map.of("value", Secret.of("s3cr3t")), 0)))
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(value("app")).contains("theirs");
    vault.kv.casRequired = true;
    assertThat(kv.write("app", Map.of("value", Secret.of("mine-99")), 1)).isEqualTo(2);
  }

  @Test
  void whenAWriteBreaksOff_thenItIsNotRepeated() {
    vault.failAlways("POST secret/data/app", FakeVault.truncated());

    assertThat(code(() -> kv.write("app", Map.of("value", Secret.of("s3cr3t")), 0)))
        .isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    assertThat(vault.count("POST secret/data/app")).isEqualTo(1);
  }

  @Test
  void whenThereAreSeveralVersions_thenEachIsReadByItsNumber() {
    vault.kv.put("app", Map.of("value", "one"));
    vault.kv.put("app", Map.of("value", "two"));

    assertThat(value("app")).contains("two");
    assertThat(kv.read("app", 1).flatMap(s -> s.field("value")).map(Secret::reveal))
        .contains("one");
    assertThat(kv.read("app", 3)).isEmpty();
    assertThat(code(() -> kv.read("app", 0))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void whenNeverWrittenDeletedOrDestroyed_thenItIsEmpty() {
    vault.kv.put("app", Map.of("value", "one"));
    vault.kv.put("app", Map.of("value", "two"));

    assertThat(kv.read("other")).isEmpty();
    kv.delete("app");
    assertThat(kv.read("app")).isEmpty();
    kv.undelete("app", List.of(2L));
    assertThat(value("app")).contains("two");
    kv.delete("app", List.of(1L));
    kv.destroy("app", List.of(2L));
    assertThat(kv.read("app")).isEmpty();
    assertThat(kv.versions("app").orElseThrow())
        .isEqualTo(new VaultVersions(2, 0, false, Map.of(1L, State.DELETED, 2L, State.DESTROYED)));
    assertThat(code(() -> kv.destroy("app", List.of()))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void whenAVersionIsToBeDeletedLater_thenItLivesUntilThen() {
    vault.kv.put("app", Map.of("value", "one"));
    vault.kv.deleteLater("app", vault.clock.instant().plus(Duration.ofHours(1)).toString());

    assertThat(kv.versions("app").orElseThrow().isLive()).isTrue();
    vault.clock.advance(Duration.ofHours(2));
    assertThat(kv.versions("app").orElseThrow().isLive()).isFalse();
    assertThat(kv.read("app")).isEmpty();
  }

  @Test
  void whenListed_thenFoldersEndWithASlashAndNothingIsAnEmptyList() {
    vault.kv.put("a", Map.of("v", "1"));
    vault.kv.put("dir/b", Map.of("v", "1"));

    assertThat(kv.list("")).containsExactly("a", "dir/");
    assertThat(kv.list("dir")).containsExactly("b");
    assertThat(kv.list("nothing")).isEmpty();
    assertThat(kv.versions("nothing")).isEmpty();
  }

  @Test
  void whenTheMountIsWrong_thenItIsNotTakenForAnAbsentSecret() {
    assertThat(code(() -> VaultKv.at(root(), "other").read("app")))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    // A path of the first version on a mount of the second gets warnings and no error.
    vault.failAlways(
        "GET secret/data/app",
        FakeVault.raw(404, "application/json", "{\"data\":null,\"warnings\":[\"Invalid path\"]}"));
    assertThat(code(() -> kv.read("app"))).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    vault.failAlways("GET secret/data/app", FakeVault.raw(404, "text/html", "<h1>not here</h1>"));
    assertThat(code(() -> kv.read("app"))).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void whenTheMountIsOfTheFirstVersion_thenItSaysSo() {
    vault.failAlways(
        "GET secret/data/app",
        FakeVault.raw(200, "application/json", "{\"data\":{\"value\":\"canary\"}}"));

    assertThat(code(() -> kv.read("app"))).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenAPathPointsElsewhere_thenItIsRefusedBeforeItIsSent() {
    for (String path :
        List.of("", "..", "a/../b", "a//b", "/a", "a/", "a/./b", "a\nb", "x".repeat(2_000))) {
      assertThat(code(() -> kv.read(path))).as(path).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
    assertThat(code(() -> VaultKv.at(root(), "sys/../x"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(vault.requests).isEmpty();
    // Characters that mean something in a URI mean nothing here.
    assertThat(kv.read("a?version=1#x%2e%2e&b")).isEmpty();
    assertThat(vault.requests).contains("GET secret/data/a?version=1#x%2e%2e&b");
  }
}
