package io.qilin.security.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTest {
  @ParameterizedTest
  @CsvSource({
    "read:market, read, market, true",
    "read:market, read, market/x, false",
    "read:market, write, market, false",
    "read:market, read, Market, false",
    "read:market, Read, market, false",
    "*:market, write, market, true",
    "read:*, read, market, true",
    "read:*, read, market/x, false",
    "read:a/*/c, read, a/b/c, true",
    "read:a/*/c, read, a/b/d, false",
    "read:a/*/c, read, a/b/x/c, false",
    "read:a/**, read, a, true",
    "read:a/**, read, a/b/c, true",
    "read:a/**, read, ab, false",
    "read:a/b/**, read, a, false",
    "read:**, read, any/thing, true",
    "*:**, drop, all, true",
    "read:a:b, read, a:b, true"
  })
  void whenAPermissionIsAsked_thenWildcardsCountWhereTheyStand(
      String permission, String action, String resource, boolean covers) {
    assertThat(Permission.parse(permission).covers(action, resource)).isEqualTo(covers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "read",
        ":market",
        "read:",
        "read:a//b",
        "read:a/**/b",
        "read:a*",
        "**:a",
        "re*:a",
        "read:a/../b",
        "read:a b",
        "read:a/b/",
        "read:%61",
        "re/ad:a",
        "read:e\u0301"
      })
  void whenAPermissionIsNotPlain_thenItIsRefused(String permission) {
    assertThatThrownBy(() -> Permission.parse(permission))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_REJECTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a//b",
        "/a",
        "a/",
        "a/..",
        ".",
        "a/*",
        "a?x",
        "a%2e",
        "a\\b",
        "a\tb",
        "a\u200bb"
      })
  void whenAResourceIsNotPlain_thenTheRequestIsRefused(String resource) {
    assertThatThrownBy(() -> new AccessRequest(Identity.of("a"), "read", resource, Policies.noon()))
        .hasMessageContaining("QILIN-6003");
  }

  @Test
  void whenNamesAreAsLongAsTheyMayBe_thenTheyAreTaken() {
    String longest = "a".repeat(128);
    String deepest = Stream.generate(() -> "a").limit(16).collect(Collectors.joining("/"));

    assertThat(new AccessRequest(Identity.of("a"), longest, deepest, Policies.noon()).action())
        .isEqualTo(longest);
    assertThatThrownBy(
            () -> new AccessRequest(Identity.of("a"), longest + "a", "b", Policies.noon()))
        .hasMessageContaining("129 characters");
    assertThatThrownBy(
            () -> new AccessRequest(Identity.of("a"), "a", deepest + "/a", Policies.noon()))
        .hasMessageContaining("more than 16 segments");
    assertThatThrownBy(() -> new AccessRequest(Identity.of("a"), "a:b", "b", Policies.noon()))
        .hasMessageContaining("slash or a colon");
    assertThatThrownBy(() -> new AccessRequest(Identity.of("a"), "a/b", "b", Policies.noon()))
        .hasMessageContaining("slash or a colon");
  }

  @Property(tries = 100)
  void whenThereIsNoWildcard_thenOnlyTheVeryNameIsCovered(
      @ForAll @AlphaChars @StringLength(min = 1, max = 3) String one,
      @ForAll @AlphaChars @StringLength(min = 1, max = 3) String other) {
    Permission permission = Permission.parse("read:" + one);

    assertThat(permission.covers("read", other)).isEqualTo(one.equals(other));
    assertThat(Permission.parse(permission.toString()))
        .isEqualTo(permission)
        .hasSameHashCodeAs(permission);
  }
}
