package io.qilin.examples;

import io.qilin.security.crypto.FieldAddress;
import io.qilin.security.crypto.FieldCipher;
import io.qilin.security.crypto.KeyRing;
import io.qilin.security.crypto.SearchTokens;
import io.qilin.security.token.IssuedToken;
import io.qilin.security.token.JwsAlgorithm;
import io.qilin.security.token.RevocationList;
import io.qilin.security.token.TokenGrant;
import io.qilin.security.token.TokenIssuer;
import io.qilin.security.token.TokenKey;
import io.qilin.security.token.TokenKeys;
import io.qilin.security.token.TokenVerdict;
import io.qilin.security.token.TokenVerifier;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The programs of docs/security-token.md and docs/security-crypto.md: a token is issued and revoked, a field is encrypted. */
public final class SignedTokens {
  private SignedTokens() {}

  /**
   * Prints what is found.
   *
   * @param args none
   */
  public static void main(String[] args) {
    tokens(System.out);
    fields(System.out);
  }

  static void tokens(PrintStream out) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-05T01:30:00Z"), ZoneOffset.UTC);
    SecureRandom random = new SecureRandom();
    byte[] secret = random.generateSeed(32); // in a real host: from its SecretProvider

    TokenKeys keys = TokenKeys.of(TokenKey.secret("2026-01", JwsAlgorithm.HS256, secret));
    RevocationList revoked = RevocationList.of(100_000, clock);
    TokenVerifier verifier = TokenVerifier.builder(keys, "qilin", "desk", clock)
        .revoked(revoked)
        .cached(10_000)
        .build();
    IssuedToken token = TokenIssuer.of(keys, "qilin", "desk", clock, random)
        .issue(TokenGrant.builder("u-4711").roles(List.of("analyst")).build());
    out.println(verifier.verify(token.text().reveal()).roles());

    keys.rotate(
        TokenKey.secret("2026-04", JwsAlgorithm.HS256, random.generateSeed(32)),
        clock.instant().plus(Duration.ofMinutes(16)));
    out.println(verifier.verify(token.text().reveal()).keyId());

    revoked.revoke(token.id(), token.expiresAt());
    TokenVerdict verdict = verifier.checkHeader("Bearer " + token.text().reveal());
    String said =
        verdict.fold(accepted -> "accepted", refused -> "for the audit log: " + refused.reason());
    out.println(said);
  }

  static void fields(PrintStream out) {
    SecureRandom random = new SecureRandom();
    byte[] key = random.generateSeed(32); // in a real host: from its SecretProvider
    byte[] searchKey = random.generateSeed(32);
    Instant now = Instant.parse("2026-01-05T01:30:00Z");

    KeyRing ring = KeyRing.builder("data-1", key, now).build();
    FieldCipher cipher = FieldCipher.of(ring, random);
    FieldAddress phone = new FieldAddress("tenant-1", "account", "4711", "phone");
    String sealed = cipher.encryptText("13800138000", phone);
    out.println(cipher.decryptText(sealed, phone));

    ring.rotate("data-2", random.generateSeed(32), now);
    out.println(cipher.decryptText(sealed, phone) + " under " + ring.activeId());

    SearchTokens search = SearchTokens.of(
        KeyRing.builder("search-1", searchKey, now).build(), "tenant-1/account/phone");
    out.println(search.token("13800138000").length() + " digits to search by");
  }
}
