package io.qilin.security.signing;

import static io.qilin.security.signing.Signing.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Race;
import io.qilin.security.crypto.KeyState;
import io.qilin.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final Duration LIFE = Duration.ofDays(90);

  private final SettableClock clock = SettableClock.at(START);
  private final MemoryApiKeyStore store = new MemoryApiKeyStore();
  private final ApiKeys keys = ApiKeys.of(store, clock, new SecureRandom());

  private IssuedApiKey issue() {
    return keys.issue("desk", Set.of("orders", "quotes"), LIFE);
  }

  private String outcome(IssuedApiKey key, String scope) {
    return outcome(keys.verify(key.secret().reveal(), scope));
  }

  private static String outcome(ApiKeyVerdict verdict) {
    return verdict.fold(key -> "ACCEPTED", refused -> refused.reason().name());
  }

  @Test
  void whenAKeyIsIssued_thenItIsAcceptedForItsScopesAndTheStoreHasNoneOfIt() {
    IssuedApiKey issued = issue();
    String text = issued.secret().reveal();
    ApiKey stored = store.find(issued.key().id()).orElseThrow();

    assertThat(text).matches("qk_[a-z2-7]{20}_[A-Za-z0-9_-]{43}").contains(stored.id());
    assertThat(keys.verify(text, "orders").orThrow()).isEqualTo(stored);
    assertThat(outcome(issued, "quotes")).isEqualTo("ACCEPTED");
    assertThat(outcome(issued, "admin")).isEqualTo("SCOPE");
    assertThat(stored.toString()).isEqualTo("ApiKey[" + stored.id() + ", ACTIVE]");
    assertThat(stored.hash()).doesNotContain(text.substring(24));
    assertThat(issued.toString()).doesNotContain(text);
    assertThat(issued.key().expiresAt()).isEqualTo(START.plus(LIFE));
  }

  @Test
  void whenAKeyIsRefused_thenTheCallerHearsNothingOfTheReason() {
    String text = issue().secret().reveal();
    String wrong = text.substring(0, 24) + issue().secret().reveal().substring(24);
    String unknown = "qk_" + "a".repeat(20) + text.substring(23);

    assertThat(outcome(keys.verify(wrong, "orders"))).isEqualTo("WRONG");
    assertThat(outcome(keys.verify(unknown, "orders"))).isEqualTo("UNKNOWN");
    assertThat(outcome(keys.verify(null, "orders"))).isEqualTo("MISSING");
    assertThat(outcome(keys.verify("", "orders"))).isEqualTo("MISSING");
    for (String one : List.of(wrong, unknown, "x")) {
      assertThatThrownBy(() -> keys.verify(one, "orders").orThrow())
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION))
          .hasMessage("QILIN-6000 the API key is not accepted");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "qk_",
        "qk_aaaaaaaaaaaaaaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ",
        "qk_aaaaaaaaaaaaaaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
        "qk_aaaaaaaaaaaaaaaaaaaA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "QK_aaaaaaaaaaaaaaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void whenAKeyHasAnotherForm_thenItIsRefused(String text) {
    assertThat(outcome(keys.verify(text, "orders"))).isEqualTo("MALFORMED");
  }

  @Test
  void whenTimePasses_thenAKeyEndsAtItsMoment() {
    IssuedApiKey issued = issue();
    clock.advance(LIFE.minusNanos(1));
    assertThat(outcome(issued, "orders")).isEqualTo("ACCEPTED");
    clock.advance(Duration.ofNanos(1));
    assertThat(outcome(issued, "orders")).isEqualTo("EXPIRED");
  }

  @Test
  void whenAKeyIsRotated_thenBothCountForTheOverlapAndThenTheNewOne() {
    IssuedApiKey old = issue();
    clock.advance(Duration.ofDays(1));
    IssuedApiKey next = keys.rotate(old.key().id(), Duration.ofHours(24));

    assertThat(next.key().owner()).isEqualTo("desk");
    assertThat(next.key().scopes()).isEqualTo(old.key().scopes());
    assertThat(next.key().expiresAt()).isEqualTo(clock.instant().plus(LIFE));
    ApiKey ending = store.find(old.key().id()).orElseThrow();
    assertThat(ending.state()).isEqualTo(KeyState.VERIFY_ONLY);
    assertThat(ending.successor()).contains(next.key().id());
    assertThatThrownBy(() -> keys.rotate(old.key().id(), Duration.ZERO))
        .hasMessageContaining("QILIN-6007")
        .hasMessageContaining("not active any more");
    clock.advance(Duration.ofHours(24).minusNanos(1));
    assertThat(outcome(old, "orders")).isEqualTo("ACCEPTED");
    clock.advance(Duration.ofNanos(1));
    assertThat(outcome(old, "orders")).isEqualTo("EXPIRED");
    assertThat(outcome(next, "orders")).isEqualTo("ACCEPTED");
  }

  @Test
  void whenTheOverlapIsLongerThanTheRest_thenTheOldKeyEndsAsItWould() {
    IssuedApiKey old = issue();
    clock.advance(LIFE.minusHours(1));
    keys.rotate(old.key().id(), Duration.ofDays(7));

    assertThat(store.find(old.key().id()).orElseThrow().expiresAt()).isEqualTo(START.plus(LIFE));
  }

  @Test
  void whenTheOverlapIsZeroAtOnce_thenTheOldKeyIsOver() {
    IssuedApiKey old = issue();
    keys.rotate(old.key().id(), Duration.ZERO);
    clock.advance(Duration.ofNanos(1));

    assertThat(outcome(old, "orders")).isEqualTo("EXPIRED");
  }

  @Test
  void whenAKeyIsRevoked_thenItIsOverAtOnceAndForGood() {
    IssuedApiKey issued = issue();
    keys.revoke(issued.key().id());
    keys.revoke(issued.key().id());

    assertThat(outcome(issued, "orders")).isEqualTo("REVOKED");
    assertThatThrownBy(() -> keys.rotate(issued.key().id(), Duration.ZERO))
        .hasMessageContaining("QILIN-6007");
    assertThatThrownBy(() -> keys.revoke("nobody"))
        .hasMessageContaining("there is none of this id");
    assertThatThrownBy(() -> keys.rotate("nobody", Duration.ZERO))
        .hasMessageContaining("there is none of this id");
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "PT-1S", "PT8784H0.000000001S"})
  void whenTheLifeIsOutOfRange_thenThereIsNoKey(Duration life) {
    assertThatThrownBy(() -> keys.issue("desk", Set.of("a"), life))
        .hasMessageContaining("the life of an API key is more than 0");
  }

  @Test
  void whenPartsAreOutOfRange_thenThereIsNoKey() {
    assertThat(keys.issue("d", Set.of("a"), Duration.ofDays(366)).key().owner()).isEqualTo("d");
    assertThatThrownBy(() -> keys.issue("", Set.of("a"), LIFE)).hasMessageContaining("owner");
    assertThatThrownBy(() -> keys.issue("d".repeat(129), Set.of("a"), LIFE))
        .hasMessageContaining("not 129");
    assertThatThrownBy(() -> keys.issue("d", Set.of(), LIFE)).hasMessageContaining("scope");
    assertThatThrownBy(() -> keys.rotate("x", Duration.ofDays(7).plusNanos(1)))
        .hasMessageContaining("0 to 7 days");
    assertThatThrownBy(() -> keys.rotate("x", Duration.ofNanos(-1)))
        .hasMessageContaining("0 to 7 days");
    assertThatThrownBy(() -> store.replace(issue().key(), issue().key()))
        .hasMessageContaining("QILIN-1001");
  }

  @Test
  @SuppressWarnings("NullAway") // a store that breaks its contract
  void whenTheStoreFails_thenTheKeyIsRefused() {
    String text = issue().secret().reveal();
    ApiKey other = issue().key();
    ApiKeys broken = ApiKeys.of(new Failing(null), clock, new SecureRandom());
    ApiKeys wrong = ApiKeys.of(new Failing(Optional.of(other)), clock, new SecureRandom());

    assertThat(outcome(broken.verify(text, "orders"))).isEqualTo("UNAVAILABLE");
    assertThat(outcome(wrong.verify(text, "orders"))).isEqualTo("UNKNOWN");
    assertThatThrownBy(() -> wrong.issue("desk", Set.of("a"), LIFE))
        .hasMessageContaining("QILIN-6013");
    assertThatThrownBy(() -> wrong.revoke(other.id())).hasMessageContaining("QILIN-6013");
  }

  /** Finds what it is given, and changes nothing. */
  private record Failing(Optional<ApiKey> found) implements ApiKeyStore {
    @Override
    public Optional<ApiKey> find(String id) {
      return found;
    }

    @Override
    public boolean insert(ApiKey key) {
      return false;
    }

    @Override
    public boolean replace(ApiKey expected, ApiKey next) {
      return false;
    }
  }

  @Test
  void whenAKeyIsRotatedFromManySides_thenOneSucceedsAndNoOtherNewKeyCounts() throws Exception {
    for (int round = 0; round < Race.rounds(100); round++) {
      IssuedApiKey old = issue();
      List<Optional<IssuedApiKey>> results = Race.run(4, () -> {
        try {
          return Optional.of(keys.rotate(old.key().id(), Duration.ofHours(1)));
        } catch (QilinException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
          return Optional.<IssuedApiKey>empty();
        }
      });
      List<IssuedApiKey> won = results.stream().flatMap(Optional::stream).toList();
      assertThat(won).hasSize(1);
      assertThat(outcome(won.get(0), "orders")).isEqualTo("ACCEPTED");
      assertThat(outcome(old, "orders")).isEqualTo("ACCEPTED");
    }
  }

  @Test
  void whenSigningKeysAreDerived_thenEachApiKeyHasItsOwnAndEndsWithIt() {
    byte[] master = new byte[32];
    new Random(5).nextBytes(master);
    DerivedRequestKeys derived = DerivedRequestKeys.of(master, store);
    IssuedApiKey one = issue();
    IssuedApiKey other = issue();

    assertThat(derived.secretFor(one.key().id()))
        .isNotEqualTo(derived.secretFor(other.key().id()));
    RequestKey key = derived.find(one.key().id()).orElseThrow();
    assertThat(key.id()).isEqualTo(one.key().id());
    assertThat(key.expiresAt()).isEqualTo(one.key().expiresAt());
    byte[] secret =
        java.util.HexFormat.of().parseHex(derived.secretFor(one.key().id()).reveal());
    assertThat(RequestKey.of("x", secret, KeyState.ACTIVE, Instant.MAX).sign(new byte[3]))
        .isEqualTo(key.sign(new byte[3]));
    keys.revoke(one.key().id());
    assertThat(derived.find(one.key().id()).orElseThrow().state()).isEqualTo(KeyState.REVOKED);
    assertThat(derived.find("nobody")).isEmpty();
    assertThat(derived.toString()).isEqualTo("DerivedRequestKeys[***]");
    assertThatThrownBy(() -> DerivedRequestKeys.of(new byte[32], store))
        .hasMessageContaining("QILIN-6006");
  }
}
