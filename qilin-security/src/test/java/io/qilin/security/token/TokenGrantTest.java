package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.security.Refused;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenGrantTest {
  @Test
  void whenAGrantSaysNothing_thenItHasItsDefaults() {
    TokenGrant grant = TokenGrant.builder("u1").build();

    assertThat(grant.life()).isEqualTo(Duration.ofMinutes(15));
    assertThat(grant.mfaHint()).isFalse();
    assertThat(grant.roles()).isEmpty();
    assertThat(grant.authenticatedAt()).isEmpty();
  }

  @Test
  void whenAPartIsOutOfBounds_thenTheGrantIsRefused() {
    List<String> most = Collections.nCopies(256, "r");
    assertThat(TokenGrant.builder("u")
            .roles(most)
            .life(Duration.ofHours(24))
            .build()
            .roles())
        .hasSize(256);
    assertThat(TokenGrant.builder("x".repeat(1_024))
            .life(Duration.ofSeconds(1))
            .build()
            .subject())
        .hasSize(1_024);
    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "subject", () -> TokenGrant.builder("").build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "subject",
        () -> TokenGrant.builder("x".repeat(1_025)).build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "user id",
        () -> TokenGrant.builder("u").userId(" ").build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "client id",
        () -> TokenGrant.builder("u").clientId("a\u0000").build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "role",
        () -> TokenGrant.builder("u").roles(List.of("a\n")).build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "not 257: permission",
        () -> TokenGrant.builder("u").permissions(Collections.nCopies(257, "p")).build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "authentication method",
        () -> TokenGrant.builder("u").authenticated(List.of(""), Tokens.T0).build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "life",
        () -> TokenGrant.builder("u").life(Duration.ofHours(24).plusNanos(1)).build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "life",
        () -> TokenGrant.builder("u").life(Duration.ZERO).build());
  }

  @Test
  void whenATokenWouldBeTooLong_thenItIsNotIssued() {
    Tokens tokens = new Tokens();
    TokenGrant grant =
        TokenGrant.builder("u").roles(Collections.nCopies(256, "r".repeat(60))).build();

    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "more than 16384", () -> tokens.issuer().issue(grant));
  }

  @Test
  void whenTextIsJudged_thenOnlyWhatShowsIsPlain() {
    for (String plain : List.of("a", "a b", "李雷", "😀", "~", "a\u00e9")) {
      assertThat(PlainText.isPlain(plain, 3)).isTrue();
    }
    for (String other : List.of(
        "",
        " ",
        " a",
        "a ",
        "\u00a0a",
        "\ta",
        "a\u3000",
        "a\u007fb",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "\ufeffa",
        "a\u202eb",
        "\ud800",
        "abcd")) {
      assertThat(PlainText.isPlain(other, 3)).as(other).isFalse();
    }
  }
}
