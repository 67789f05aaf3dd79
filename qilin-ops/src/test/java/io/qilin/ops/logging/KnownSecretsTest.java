package io.qilin.ops.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KnownSecretsTest {
  private final KnownSecrets secrets = new KnownSecrets();

  @Test
  void whenASecretIsKnown_thenItIsHiddenWhereverItStands() {
    secrets.add(Secret.of("sk-live-0001"));
    secrets.add(Secret.of("sk-live-0001-longer"));
    secrets.add(Secret.of("p@ss word/1"));
    assertThat(secrets.mask("sk-live-0001")).isEqualTo("***");
    assertThat(secrets.mask("a sk-live-0001-longer b sk-live-0001-x sk-live-0002"))
        .isEqualTo("a *** b ***-x sk-live-0002");
    assertThat(secrets.mask("?p=p%40ss+word%2F1&x=p@ss word/1")).isEqualTo("?p=***&x=***");
    assertThat(secrets.size()).isEqualTo(3);
    assertThat(secrets).hasToString("KnownSecrets[3]");
  }

  @Test
  void whenASecretIsForgottenAsOftenAsAdded_thenItIsShownAgain() {
    Secret secret = Secret.of("correct-horse");
    secrets.add(secret);
    secrets.add(secret);
    secrets.forget(secret);
    assertThat(secrets.mask("correct-horse")).isEqualTo("***");
    secrets.forget(secret);
    secrets.forget(secret);
    secrets.forget(Secret.of("never added"));
    secrets.forget(Secret.of("x"));
    assertThat(secrets.mask("correct-horse")).isEqualTo("correct-horse");
    assertThat(secrets.size()).isZero();
  }

  /** Against a plain search from left to right that takes the longest secret at each place. */
  @Property(tries = 100)
  void whenTextsAreFullOfSecrets_thenExactlyTheyAreHidden(
      @ForAll @Size(min = 1, max = 5)
          List<@StringLength(min = 8, max = 12) @CharRange(from = 'a', to = 'b') String> known,
      @ForAll @StringLength(max = 120) @CharRange(from = 'a', to = 'b') String text) {
    KnownSecrets own = new KnownSecrets();
    known.forEach(secret -> own.add(Secret.of(secret)));
    assertThat(own.mask(text)).isEqualTo(searched(text, known));
    String all = String.join("-", known);
    assertThat(own.mask(all)).isEqualTo(searched(all, known));
  }

  private static String searched(String text, List<String> known) {
    List<String> longestFirst = known.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int at = i;
      String hit = longestFirst.stream()
          .filter(one -> text.startsWith(one, at))
          .findFirst()
          .orElse("");
      out.append(hit.isEmpty() ? String.valueOf(text.charAt(i)) : "***");
      i += Math.max(1, hit.length());
    }
    return out.toString();
  }

  @Test
  void whenASecretIsTooShortOrTooLong_thenItIsRefusedWithoutBeingNamed() {
    assertThatThrownBy(() -> secrets.add(Secret.of("short12")))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("8 to 4096")
        .hasMessageNotContaining("short12");
    secrets.add(Secret.of("s".repeat(4096)));
    assertThat(secrets.mask("a" + "s".repeat(4096) + "b")).isEqualTo("a***b");
    assertThatThrownBy(() -> secrets.add(Secret.of("s".repeat(4097))))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenThereAreTooMany_thenTheNextIsRefused() {
    for (int i = 0; i < KnownSecrets.MOST; i++) {
      secrets.add(Secret.of("secret-" + i + "-of-many"));
    }
    assertThat(secrets.mask("x secret-999-of-many y")).isEqualTo("x *** y");
    assertThatThrownBy(() -> secrets.add(Secret.of("one too many")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  @Test
  void whenATextIsFullOfBeginnings_thenTheTimeGrowsWithItsLengthOnly() {
    for (int i = 0; i < 50; i++) {
      secrets.add(Secret.of("sk-proj-" + "x".repeat(3000) + i));
    }
    String text = "sk-proj-".repeat(10_000);
    assertThat(secrets.mask(text)).isSameAs(text);
  }

  @Test
  void whenASecretThatWasNeverAddedLooksLikeAFormOfAnother_thenNothingIsForgotten() {
    secrets.add(Secret.of("p@ssword/1"));
    secrets.forget(Secret.of("p%40ssword%2F1"));
    secrets.forget(Secret.of("x".repeat(50_000)));
    assertThat(secrets.size()).isEqualTo(1);
    assertThat(secrets.mask("?p=p%40ssword%2F1")).isEqualTo("?p=***");
  }

  @Test
  void whenASecretHasASpace_thenItIsHiddenInEachFormOfAnAddress() {
    secrets.add(Secret.of("correct horse/1"));
    assertThat(secrets.mask("a=correct+horse%2F1&b=correct%20horse%2F1")).isEqualTo("a=***&b=***");
  }

  /** Whichever comes first: what masks by form must not leave the rest of a secret that it cut through. */
  @Test
  void whenASecretHasACharacterThatEndsAValue_thenItIsHiddenWholeIfTheKnownOnesComeFirst() {
    secrets.add(Secret.of("correct,horse;battery"));
    assertThat(secrets.and(LogMasker.credentials()).mask("password=correct,horse;battery x"))
        .isEqualTo("password=*** x");
  }
}
