package io.qilin.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.VerifyingKey;
import io.qilin.security.internal.StrictBase64Url;
import io.qilin.security.internal.StrictJson;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads keys from JSON (JWK and JWK sets, RFC 7517): secrets, and of key pairs the public part. */
final class JwkReader {
  private static final StrictJson JSON = StrictJson.limited(1 << 20, 8);
  private static final int MOST_KEYS = 256;
  private static final List<String> KINDS = List.of("oct", "RSA", "EC", "OKP");
  private static final List<String> BYTES = List.of("k", "n", "e", "x", "y");

  private JwkReader() {}

  /**
   * The keys of a set or a single key.
   *
   * @param guessed whether a secret that can be guessed is taken; its length is always checked
   */
  static List<TokenKey> read(byte[] json, boolean guessed) {
    Map<String, @Nullable Object> document = JSON.object(json, "the JWK set");
    if (!document.containsKey("keys")) {
      return List.of(key(document, guessed));
    }
    if (!(document.get("keys") instanceof List<?> items) || items.size() > MOST_KEYS) {
      throw QilinException.invalid(
          "the JWK set is refused: its keys are not a list of at most " + MOST_KEYS);
    }
    List<TokenKey> keys = new ArrayList<>();
    for (Object item : items) {
      Map<String, @Nullable Object> members = members(item);
      if (forSignatures(members)) {
        keys.add(key(members, guessed));
      }
    }
    return keys;
  }

  /** Keys for encryption and of unknown kinds are passed over (RFC 7517, 5); nothing can be signed with them here. */
  private static boolean forSignatures(Map<String, @Nullable Object> members) {
    Object use = members.get("use");
    return (use == null || use.equals("sig"))
        && members.get("kty") instanceof String kind
        && KINDS.contains(kind);
  }

  @SuppressWarnings("unchecked") // StrictJson makes maps with text keys only
  private static Map<String, @Nullable Object> members(@Nullable Object item) {
    if (item instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw QilinException.invalid("the JWK set is refused: one of its keys is not an object");
  }

  private static TokenKey key(Map<String, @Nullable Object> members, boolean guessed) {
    String id = text(members, "kid");
    if (!forSignatures(members) || !verifies(members)) {
      throw refused(id, "it is not one for signatures of kind oct, RSA, EC or OKP");
    }
    JwsAlgorithm algorithm = algorithm(members, id);
    if (algorithm.isSymmetric()) {
      byte[] secret = bytes(members, "k", id);
      try {
        return guessed
            ? TokenKey.ofLength(id, algorithm, secret)
            : TokenKey.secret(id, algorithm, secret);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }
    return TokenKey.verifying(id, algorithm, publicKey(members, id));
  }

  private static boolean verifies(Map<String, @Nullable Object> members) {
    return !members.containsKey("key_ops")
        || (members.get("key_ops") instanceof List<?> operations
            && (operations.contains("verify") || operations.contains("sign")));
  }

  /** The one algorithm of the key; where it is not named, that of the curve. RSA keys and secrets must name it. */
  private static JwsAlgorithm algorithm(Map<String, @Nullable Object> members, String id) {
    JwsAlgorithm algorithm = members.containsKey("alg")
        ? JwsAlgorithm.named(text(members, "alg"))
        : ofCurve(members, id);
    if (!kind(algorithm).equals(members.get("kty"))) {
      throw refused(id, "its algorithm is not one for its kind");
    }
    return algorithm;
  }

  private static String kind(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case HS256, HS384, HS512 -> "oct";
      case ES256, ES384, ES512 -> "EC";
      case EDDSA -> "OKP";
      default -> "RSA";
    };
  }

  private static JwsAlgorithm ofCurve(Map<String, @Nullable Object> members, String id) {
    Object curve = members.get("crv");
    return switch (curve instanceof String name ? name : "") {
      case "P-256" -> JwsAlgorithm.ES256;
      case "P-384" -> JwsAlgorithm.ES384;
      case "P-521" -> JwsAlgorithm.ES512;
      case "Ed25519" -> JwsAlgorithm.EDDSA;
      default -> throw refused(id, "it names no algorithm; add the member alg");
    };
  }

  private static PublicKey publicKey(Map<String, @Nullable Object> members, String id) {
    Map<String, Object> open = new HashMap<>();
    for (String name : List.of("kty", "crv")) {
      if (members.containsKey(name)) {
        open.put(name, text(members, name));
      }
    }
    for (String name : BYTES) {
      if (members.containsKey(name) && !name.equals("k")) {
        open.put(name, StrictBase64Url.encode(bytes(members, name, id)));
      }
    }
    try {
      JWK key = JWK.parse(open);
      if (key instanceof RSAKey rsa) {
        return rsa.toRSAPublicKey();
      }
      return key instanceof ECKey ec ? ec.toECPublicKey() : edwards((OctetKeyPair) key, id);
    } catch (QilinException e) {
      throw e;
    } catch (ParseException | JOSEException | RuntimeException e) {
      // Without the cause, which may show parts of a key.
      throw refused(id, "its members do not make a key of its kind");
    }
  }

  private static PublicKey edwards(OctetKeyPair key, String id) {
    if (!Curve.Ed25519.equals(key.getCurve())) {
      throw refused(id, "its curve is not Ed25519");
    }
    return VerifyingKey.ed25519(key.getDecodedX()).publicKey();
  }

  private static String text(Map<String, @Nullable Object> members, String name) {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw QilinException.invalid("a JWK is refused: its member " + name + " is not a text");
  }

  private static byte[] bytes(Map<String, @Nullable Object> members, String name, String id) {
    byte[] decoded = members.get(name) instanceof String text ? StrictBase64Url.decode(text) : null;
    if (decoded == null) {
      throw refused(id, "its member " + name + " is not canonical base64url");
    }
    return decoded;
  }

  /** Refuses two keys with one id: which of them is meant would be left to chance. */
  static Map<String, TokenKey> byId(Iterable<TokenKey> keys) {
    Map<String, TokenKey> byId = new LinkedHashMap<>();
    for (TokenKey key : keys) {
      if (byId.putIfAbsent(key.id(), key) != null) {
        throw refused(key.id(), "another key of the set has the same id");
      }
    }
    return byId;
  }

  private static QilinException refused(String id, String why) {
    return QilinException.invalid(
        "the token key " + QilinException.quote(id) + " is refused: " + why);
  }
}
