package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.security.Refused;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevocationListTest {
  private static final Instant T0 = Tokens.T0;

  private final Tokens tokens = new Tokens();
  private final RevocationList list = RevocationList.of(2, tokens.clock);
  private final TokenVerifier verifier =
      tokens.verifier().revoked(list).cached(8).build();

  private String token(String id, String subject, long issued) {
    return tokens.token(Tokens.claims("")
        .replace("j1", id)
        .replace("u1", subject)
        .replace("\"iat\":1760000000", "\"iat\":" + (T0.getEpochSecond() + issued)));
  }

  @Test
  void whenATokenIsRevoked_thenItIsRefusedAtOnceAndOthersAreNot() {
    String token = token("a", "u1", 0);
    assertThat(verifier.check(token)).isInstanceOf(TokenVerdict.Accepted.class);
    list.revoke("a", T0.plusSeconds(600));

    assertThat(Tokens.reason(verifier.check(token))).isEqualTo(TokenRefusal.TOKEN_REVOKED);
    assertThat(verifier.check(token("b", "u1", 0))).isInstanceOf(TokenVerdict.Accepted.class);
  }

  @Test
  void whenASubjectIsRevoked_thenItsTokensUpToNowAreRefused() {
    tokens.clock.set(T0.plusSeconds(10));
    list.revokeSubject("u1");

    assertThat(Tokens.reason(verifier.check(token("a", "u1", 0))))
        .isEqualTo(TokenRefusal.TOKEN_REVOKED);
    assertThat(Tokens.reason(verifier.check(token("a", "u1", 10))))
        .isEqualTo(TokenRefusal.TOKEN_REVOKED);
    assertThat(verifier.check(token("a", "u1", 11))).isInstanceOf(TokenVerdict.Accepted.class);
    assertThat(verifier.check(token("a", "u2", 0))).isInstanceOf(TokenVerdict.Accepted.class);
  }

  @Test
  void whenTheClockIsSetBack_thenASecondRevocationFreesNothing() {
    tokens.clock.set(T0.plusSeconds(10));
    list.revokeSubject("u1");
    tokens.clock.set(T0.plusSeconds(5));
    list.revokeSubject("u1");

    assertThat(Tokens.reason(verifier.check(token("a", "u1", 10))))
        .isEqualTo(TokenRefusal.TOKEN_REVOKED);
    assertThat(verifier.check(token("a", "u1", 11))).isInstanceOf(TokenVerdict.Accepted.class);
  }

  @Test
  void whenTheListIsFull_thenThatIsSaidAndEntriesThatAreOverMakeRoom() {
    list.revoke("a", T0.plusSeconds(10));
    list.revoke("b", T0.plusSeconds(600));
    list.revoke("a", T0.plusSeconds(5));
    assertThat(list.size()).isEqualTo(2);

    Refused.with(
        ErrorCode.SECURITY_UNAVAILABLE, "full with 2", () -> list.revoke("c", T0.plusSeconds(600)));
    tokens.clock.set(T0.plusSeconds(70).minusNanos(1));
    Refused.with(ErrorCode.SECURITY_UNAVAILABLE, "full with 2", () -> list.revokeSubject("u1"));
    tokens.clock.set(T0.plusSeconds(70));
    list.revokeSubject("u1");
    list.revokeSubject("u1");
    assertThat(list.size()).isEqualTo(2);
    tokens.clock.set(T0.plusSeconds(70 + 86_400 + 60));
    list.revoke("d", T0.plusSeconds(90_000));
    assertThat(list.size()).isEqualTo(1);
  }

  @Test
  void whenTheSizeIsOutOfBounds_thenItIsRefused() {
    Refused.with(ErrorCode.INVALID_ARGUMENT, "not 0", () -> RevocationList.of(0, tokens.clock));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "not 10000001",
        () -> RevocationList.of(10_000_001, tokens.clock));
    assertThat(RevocationList.of(10_000_000, tokens.clock).size()).isZero();
    RevocationList.of(1, tokens.clock).revoke("a", T0);
  }

  @Test
  void whenTokensMakeRoom_thenASubjectStaysRevoked() {
    list.revokeSubject("u1");
    list.revoke("a", T0.plusSeconds(1));
    tokens.clock.set(T0.plusSeconds(100));
    list.revoke("b", T0.plusSeconds(600));

    assertThat(Tokens.reason(verifier.check(token("c", "u1", 0))))
        .isEqualTo(TokenRefusal.TOKEN_REVOKED);
    assertThat(list.size()).isEqualTo(2);
  }
}
