package io.qilin.security.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.Race;
import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The corpus {@code signing-canonical}, and the same kinds of cases as a fixture of this module. */
class SigningCanonicalCorpusTest {
  private static final StrictJson JSON = StrictJson.limited(1 << 20, 8);

  private static final List<String> PAIRS = List.of(
      pair("POST", "/api/order", "1{}", "POST", "/api/order1", "{}"),
      pair("GET", "/a", "b", "GET", "/ab", ""),
      pair("PO", "ST/api", "x", "POST", "/api", "x"),
      pair("GET", "/a?b=1", "", "GET", "/a", "?b=1"),
      pair("GET", "/a?", "", "GET", "/a", ""),
      pair("GET", "/a", "1", "GET", "/a1", ""),
      pair("GET", "/a\n", "", "GET", "/a", "\n"),
      pair("GET", "/a", "é", "GET", "/a", "e\u0301"),
      pair("get", "/a", "", "GET", "/a", ""));

  private static String pair(String m, String p, String b, String m2, String p2, String b2) {
    return String.join("\u0000", m, p, b, m2, p2, b2);
  }

  @Test
  void whenTwoRequestsDiffer_thenTheirCanonicalFormsDo() {
    for (String pair : PAIRS) {
      String[] parts = pair.split("\u0000", -1);
      assertThat(canonical(parts[0], parts[1], parts[2], "1736900000"))
          .as(pair.replace('\u0000', '|'))
          .isNotEqualTo(canonical(parts[3], parts[4], parts[5], "1736900000"));
    }
    assertThat(canonical("GET", "/a", "", "1736900000"))
        .isNotEqualTo(canonical("GET", "/a", "", "1736900001"))
        .isEqualTo(canonical("GET", "/a", "", "1736900000"));
  }

  @Test
  void whenARequestIsCanonical_thenItsBytesAreAsDocumented() {
    SignableRequest request = SignableRequest.of(
        "POST",
        "/orders?side=buy",
        List.of(new HeaderField("Content-Type", "application/json")),
        BodyHash.EMPTY);
    byte[] bytes = CanonicalRequest.bytes(
        request,
        new CanonicalRequest.Stamp(
            "k1", List.of("content-type", "host"), "1736900000", "000102030405060708090a0b"));

    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo("20:QILIN-HMAC-SHA256-V1\n2:k1\n4:POST\n7:/orders\n1:1\n8:side=buy\n1:2\n"
            + "12:content-type\n1:1\n16:application/json\n4:host\n1:0\n"
            + "64:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
            + "10:1736900000\n24:000102030405060708090a0b\n");
  }

  @Test
  void whenTheCorpusIsJudged_thenThereIsNoCollisionAndEveryVerdictIsAsAsked() throws Exception {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> table = new HashMap<>();
    for (String line : SharedFiles.lines(SharedFiles.corpus("signing-canonical/cases.jsonl"))) {
      Map<String, Object> one = JSON.object(line.getBytes(StandardCharsets.UTF_8), "the case");
      String id = String.valueOf(one.get("id"));
      String kind = id.startsWith("sig-pair") ? "pair" : "case";
      if (kind.equals("case") && !situations().containsKey(situation(id))) {
        table.merge("case not known to this test: " + one.get("why"), 1, Integer::sum);
        continue;
      }
      Optional<String> fault = kind.equals("pair") ? pairFault(one) : caseFault(one);
      fault.ifPresent(text -> wrong.add(id + ": " + text));
      table.merge(kind + (fault.isEmpty() ? " as asked" : " wrong"), 1, Integer::sum);
    }
    System.out.println("signing-canonical: " + table);
    assertThat(wrong).isEmpty();
    assertThat(table.get("pair as asked")).isPositive();
    assertThat(table.get("case as asked")).isPositive();
  }

  private static Optional<String> pairFault(Map<String, Object> one) {
    boolean equal = canonical((Map<?, ?>) one.get("a")).equals(canonical((Map<?, ?>) one.get("b")));
    String expected = String.valueOf(one.get("expect"));
    // Nothing is decoded or sorted: what is written in two ways is two requests.
    boolean asAsked = switch (expected) {
      case "different", "either-documented" -> !equal;
      case "equal" -> equal;
      default -> false;
    };
    return asAsked ? Optional.empty() : Optional.of("equal=" + equal + ", asked " + expected);
  }

  private static String canonical(Map<?, ?> request) {
    Object query = request.get("query");
    String target = request.get("path") + (query == null ? "" : "?" + query);
    return canonical(
        String.valueOf(request.get("method")),
        target,
        String.valueOf(request.get("body")),
        String.valueOf(request.get("timestamp")));
  }

  private static String canonical(String method, String target, String body, String timestamp) {
    return new String(
        CanonicalRequest.bytes(
            Signing.request(method, target, body),
            new CanonicalRequest.Stamp("k", List.of(), timestamp, "000102030405060708090a0b")),
        StandardCharsets.UTF_8);
  }

  private static String situation(String id) {
    return id.replace("sig-case-", "");
  }

  private static Optional<String> caseFault(Map<String, Object> one) throws Exception {
    Callable<String> situation = Optional.ofNullable(
            situations().get(situation(String.valueOf(one.get("id")))))
        .orElseThrow();
    String outcome = situation.call();
    String expected = String.valueOf(one.get("expect"));
    boolean asAsked =
        expected.contains("refus") ? !outcome.equals("ACCEPTED") : outcome.equals("ACCEPTED");
    // "Accept" and "exactly one accepted" both want an acceptance.
    return asAsked ? Optional.empty() : Optional.of(outcome + ", asked " + expected);
  }

  private static Map<String, Callable<String>> situations() {
    Signing signing = new Signing();
    SignableRequest signed = signing.signed();
    Map<String, Callable<String>> all = new HashMap<>();
    all.put("replay-same-nonce", () -> {
      assertThat(signing.verify(signed)).isEqualTo("ACCEPTED");
      return signing.verify(signed);
    });
    all.put(
        "replay-new-nonce-same-sig",
        () -> signing.verify(
            Signing.with(signed, "x-nonce", Optional.of("00112233445566778899aabb"))));
    all.put("skew-future", () -> skewed(-301));
    all.put("skew-past", () -> skewed(301));
    all.put("skew-edge", () -> skewed(300));
    all.put("ts-nonnumeric", () -> changed("x-timestamp", Optional.of("abc")));
    all.put("ts-missing", () -> changed("x-timestamp", Optional.empty()));
    all.put("ts-empty", () -> changed("x-timestamp", Optional.of("")));
    all.put("ts-negative", () -> changed("x-timestamp", Optional.of("-1736900000")));
    all.put("ts-millis", () -> changed("x-timestamp", Optional.of("1736900000000")));
    all.put("ts-huge", () -> changed("x-timestamp", Optional.of("9223372036854775807")));
    all.put("ts-arabic", () -> changed("x-timestamp", Optional.of("١٧٣٦٩٠٠٠٠٠")));
    all.put("sig-missing", () -> changed("x-signature", Optional.empty()));
    all.put("sig-empty", () -> changed("x-signature", Optional.of("")));
    all.put(
        "sig-trunc",
        () -> changed(
            "x-signature", Optional.of(signed.values("x-signature").get(0).substring(0, 16))));
    all.put("sig-upper", () -> changed("x-signature", Optional.of("A".repeat(64))));
    all.put("nonce-missing", () -> changed("x-nonce", Optional.empty()));
    all.put("nonce-short", () -> changed("x-nonce", Optional.of("0011223344556677")));
    all.put("key-unknown", () -> changed("x-key-id", Optional.of("nobody")));
    all.put("key-other", () -> changed("x-key-id", Optional.of("client-2")));
    all.put("nonce-race", SigningCanonicalCorpusTest::race);
    all.put("clock-back", () -> {
      Signing own = new Signing();
      SignableRequest first = own.signed();
      assertThat(own.verify(first)).isEqualTo("ACCEPTED");
      own.clock.advance(Duration.ofMinutes(-10));
      String back = own.verify(first);
      own.clock.advance(Duration.ofMinutes(10));
      return back.equals("ACCEPTED") ? back : own.verify(first);
    });
    all.put("body-10mb", SigningCanonicalCorpusTest::largeBody);
    return all;
  }

  private static String skewed(long seconds) {
    Signing signing = new Signing();
    SignableRequest signed = signing.signed();
    signing.clock.advance(Duration.ofSeconds(seconds));
    return signing.verify(signed);
  }

  private static String changed(String name, Optional<String> value) {
    Signing signing = new Signing();
    return signing.verify(Signing.with(signing.signed(), name, value));
  }

  private static String race() throws Exception {
    Signing signing = new Signing();
    SignableRequest signed = signing.signed();
    List<String> outcomes = Race.run(64, () -> signing.verify(signed));
    long accepted = outcomes.stream().filter("ACCEPTED"::equals).count();
    return accepted == 1 ? "ACCEPTED" : accepted + " accepted";
  }

  private static String largeBody() {
    Signing signing = new Signing();
    BodyHash streamed = BodyHash.of(new Zeros(10 << 20), 10 << 20);
    assertThat(streamed).isEqualTo(BodyHash.of(new byte[10 << 20]));
    SignableRequest plain = SignableRequest.of("POST", "/upload", List.of(), streamed);
    return signing.verify(plain.withHeaders(signing.signer.sign(plain)));
  }

  /** So many zero bytes, a few at a time. */
  private static final class Zeros extends InputStream {
    private int left;

    Zeros(int left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int read = Math.min(Math.min(length, 1_500), left);
      java.util.Arrays.fill(into, offset, offset + read, (byte) 0);
      left -= read;
      return read;
    }
  }
}
