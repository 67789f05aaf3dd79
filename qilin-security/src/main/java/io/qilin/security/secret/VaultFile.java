package io.qilin.security.secret;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.internal.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What a vault's file holds: JSON with the parameters of the key, a revision, sealed values by name, and a MAC over all of it. */
final class VaultFile {
  static final int ITERATIONS = 210_000;
  static final int SALT_BYTES = 16;

  private static final String FORMAT = "qilin-vault-1";
  private static final String KDF = "pbkdf2-hmac-sha512";
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int MAC_BYTES = 32;
  private static final StrictJson JSON = StrictJson.limited(PrivateFiles.MOST_BYTES, 4);
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Set<String> MEMBERS =
      Set.of("format", "kdf", "iterations", "salt", "revision", "values", "mac");

  final int iterations;
  final long revision;
  private final byte[] salt;
  private final TreeMap<String, byte[]> values;
  private final byte[] mac;

  VaultFile(int iterations, byte[] salt, long revision, Map<String, byte[]> values, byte[] mac) {
    this.iterations = iterations;
    this.salt = salt.clone();
    this.revision = revision;
    this.values = new TreeMap<>(values);
    this.mac = mac.clone();
  }

  byte[] salt() {
    return salt.clone();
  }

  byte[] mac() {
    return mac.clone();
  }

  Map<String, byte[]> values() {
    return new TreeMap<>(values);
  }

  static VaultFile parse(byte[] json) {
    Map<String, @Nullable Object> members = JSON.object(json, "the vault");
    boolean known = members.keySet().equals(MEMBERS)
        && FORMAT.equals(members.get("format"))
        && KDF.equals(members.get("kdf"));
    if (!known) {
      throw damaged("it is not of the format " + FORMAT + " with the key derivation " + KDF);
    }
    long iterations = number(members.get("iterations"));
    if (iterations < ITERATIONS || iterations > MOST_ITERATIONS) {
      throw damaged("its key is derived with " + iterations + " iterations, which is not "
          + ITERATIONS + " to " + MOST_ITERATIONS);
    }
    Map<String, byte[]> values = new TreeMap<>();
    if (!(members.get("values") instanceof Map<?, ?> given)) {
      throw damaged("its values are no object");
    }
    given.forEach((name, value) -> {
      if (!SecretNames.known(String.valueOf(name))) {
        throw damaged("a name in it is none of a secret");
      }
      values.put(String.valueOf(name), bytes(value));
    });
    byte[] salt = bytes(members.get("salt"));
    byte[] mac = bytes(members.get("mac"));
    if (salt.length != SALT_BYTES || mac.length != MAC_BYTES) {
      throw damaged("its salt or its MAC has another length");
    }
    return new VaultFile((int) iterations, salt, number(members.get("revision")), values, mac);
  }

  private static long number(@Nullable Object value) {
    if (value instanceof BigDecimal number
        && number.scale() == 0
        && number.signum() >= 0
        && number.precision() < 16) {
      return number.longValue();
    }
    throw damaged("a number in it is not whole, negative or too large");
  }

  private static byte[] bytes(@Nullable Object value) {
    if (value instanceof String text) {
      try {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
          return bytes;
        }
      } catch (IllegalArgumentException e) {
        throw damaged("a part of it is not Base64");
      }
    }
    throw damaged("a part of it is not Base64");
  }

  static QilinException damaged(String why) {
    return new QilinException(
        ErrorCode.DATA_FORMAT, "the vault is damaged: " + why + "; restore its newest copy");
  }

  /** What the MAC is calculated over: each part with its length before it, so that no two files have the same. */
  static byte[] authenticated(
      int iterations, byte[] salt, long revision, Map<String, byte[]> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(FORMAT);
      out.writeUTF(KDF);
      out.writeInt(iterations);
      out.writeInt(salt.length);
      out.write(salt);
      out.writeLong(revision);
      out.writeInt(values.size());
      for (Map.Entry<String, byte[]> value : new TreeMap<>(values).entrySet()) {
        out.writeUTF(value.getKey());
        out.writeInt(value.getValue().length);
        out.write(value.getValue());
      }
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "a vault cannot be laid out in memory", e);
    }
    return bytes.toByteArray();
  }

  /** What is authenticated with a single value: its place. */
  static byte[] place(String name) {
    return (FORMAT + "\n" + name).getBytes(StandardCharsets.UTF_8);
  }

  byte[] json() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("format", FORMAT);
      json.writeStringProperty("kdf", KDF);
      json.writeNumberProperty("iterations", iterations);
      json.writeStringProperty("salt", Base64.getEncoder().encodeToString(salt));
      json.writeNumberProperty("revision", revision);
      json.writeName("values");
      json.writeStartObject();
      values.forEach((name, value) ->
          json.writeStringProperty(name, Base64.getEncoder().encodeToString(value)));
      json.writeEndObject();
      json.writeStringProperty("mac", Base64.getEncoder().encodeToString(mac));
      json.writeEndObject();
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  boolean sameAs(VaultFile other) {
    return revision == other.revision && Arrays.equals(mac, other.mac);
  }
}
