package io.qilin.vault;

import io.qilin.vault.FakeVault.Reply;
import io.qilin.vault.FakeVault.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The transit engine, as observed, with real AES-GCM, Ed25519 and HMAC. */
final class FakeTransit {
  private static final int NONCE = 12;

  private final FakeVault vault;
  private final Map<String, Key> keys = new TreeMap<>();
  private final SecureRandom random = new SecureRandom();
  /** The status of a batch that failed in part. */
  int partial = 200;

  private static final class Key {
    private final String type;
    private final List<byte[]> versions = new ArrayList<>();
    private final List<KeyPair> pairs = new ArrayList<>();
    private int least = 1;

    Key(String type) {
      this.type = type;
    }
  }

  /** The server's refusal. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String text) {
      super(text);
    }
  }

  FakeTransit(FakeVault vault) {
    this.vault = vault;
  }

  Reply answer(Request request) {
    String[] parts = request.path().split("/", -1);
    try {
      return switch (request.method() + " " + parts[1]) {
        case "POST encrypt" ->
          each(parts[2], request, "plaintext", item -> encrypt(parts[2], item));
        case "POST decrypt" ->
          each(parts[2], request, "ciphertext", item -> decrypt(parts[2], item));
        case "POST rewrap" -> each(parts[2], request, "ciphertext", item -> rewrap(parts[2], item));
        case "POST datakey" -> dataKey(parts[2], parts[3], request);
        case "POST sign" -> FakeVault.data(object("signature", sign(parts[2], request)));
        case "POST hmac" -> FakeVault.data(object("hmac", hmac(parts[2], request)));
        case "POST verify" -> verify(parts[2], request);
        case "POST random" -> random(Integer.parseInt(parts[2]), request);
        case "POST keys" ->
          parts.length == 4 ? change(parts[2], parts[3], request) : create(parts[2], request);
        case "GET keys" -> describe(parts[2]);
        default -> FakeVault.error(405, "unsupported operation");
      };
    } catch (Refused e) {
      return FakeVault.error(400, e.getMessage());
    } catch (GeneralSecurityException e) {
      return FakeVault.error(500, "internal error");
    }
  }

  private interface Work {
    ObjectNode on(JsonNode item) throws Refused, GeneralSecurityException;
  }

  private Reply each(String name, Request request, String member, Work work)
      throws Refused, GeneralSecurityException {
    vault.allow(request.body(), member, "batch_input");
    if (!request.body().path("batch_input").isArray()) {
      return FakeVault.data(work.on(request.body()));
    }
    ObjectNode data = FakeVault.MAPPER.createObjectNode();
    ArrayNode results = data.putArray("batch_results");
    int status = 200;
    for (JsonNode item : request.body().path("batch_input")) {
      vault.allow(item, member);
      try {
        results.add(work.on(item));
      } catch (Refused e) {
        results.add(object("error", e.getMessage()));
        status = partial;
      }
    }
    return FakeVault.json(status, FakeVault.envelope().set("data", data));
  }

  private static ObjectNode object(String name, String value) {
    return FakeVault.MAPPER.createObjectNode().put(name, value);
  }

  private static byte[] base64(JsonNode value) throws Refused {
    try {
      return Base64.getDecoder().decode(value.asString());
    } catch (RuntimeException e) {
      throw new Refused("failed to base64-decode: illegal base64 data");
    }
  }

  private Key known(String name) throws Refused {
    Key key = keys.get(name);
    if (key == null) {
      throw new Refused("encryption key not found");
    }
    return key;
  }

  private ObjectNode encrypt(String name, JsonNode item) throws Refused, GeneralSecurityException {
    byte[] plain = base64(item.path("plaintext"));
    if (!keys.containsKey(name)) {
      add(name, "aes256-gcm96");
    }
    return object("ciphertext", seal(known(name), plain));
  }

  private String seal(Key key, byte[] plain) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    int version = key.versions.size();
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key.versions.get(version - 1), "AES"),
        new GCMParameterSpec(128, nonce));
    byte[] sealed = cipher.doFinal(plain);
    byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return "vault:v" + version + ":" + Base64.getEncoder().encodeToString(all);
  }

  private byte[] open(Key key, String text) throws Refused, GeneralSecurityException {
    if (!text.startsWith("vault:v")) {
      throw new Refused("invalid ciphertext: no prefix");
    }
    String[] parts = text.split(":", -1);
    int version = Integer.parseInt(parts[1].substring(1));
    if (version < key.least) {
      throw new Refused("ciphertext or signature version is disallowed by policy (too old)");
    }
    try {
      byte[] all = Base64.getDecoder().decode(parts[2]);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key.versions.get(version - 1), "AES"),
          new GCMParameterSpec(128, all, 0, NONCE));
      return cipher.doFinal(all, NONCE, all.length - NONCE);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new Refused("invalid ciphertext: unable to decrypt");
    }
  }

  private ObjectNode decrypt(String name, JsonNode item) throws Refused, GeneralSecurityException {
    byte[] plain = open(known(name), item.path("ciphertext").asString());
    return object("plaintext", Base64.getEncoder().encodeToString(plain));
  }

  private ObjectNode rewrap(String name, JsonNode item) throws Refused, GeneralSecurityException {
    Key key = known(name);
    return object("ciphertext", seal(key, open(key, item.path("ciphertext").asString())));
  }

  private Reply dataKey(String kind, String name, Request request)
      throws Refused, GeneralSecurityException {
    vault.allow(request.body(), "bits");
    byte[] fresh = new byte[request.body().path("bits").asInt() / 8];
    random.nextBytes(fresh);
    ObjectNode data = object("ciphertext", seal(known(name), fresh));
    if (kind.equals("plaintext")) {
      data.put("plaintext", Base64.getEncoder().encodeToString(fresh));
    }
    return FakeVault.data(data);
  }

  private String sign(String name, Request request) throws Refused, GeneralSecurityException {
    vault.allow(request.body(), "input");
    Key key = known(name);
    if (key.pairs.isEmpty()) {
      throw new Refused("key type " + key.type + " does not support signing");
    }
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key.pairs.get(key.pairs.size() - 1).getPrivate());
    signature.update(base64(request.body().path("input")));
    return "vault:v" + key.pairs.size() + ":"
        + Base64.getEncoder().encodeToString(signature.sign());
  }

  private String hmac(String name, Request request) throws Refused, GeneralSecurityException {
    vault.allow(request.body(), "input");
    Key key = known(name);
    return hmac(key, key.versions.size(), base64(request.body().path("input")));
  }

  private static String hmac(Key key, int version, byte[] input) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.versions.get(version - 1), "HmacSHA256"));
    return "vault:v" + version + ":" + Base64.getEncoder().encodeToString(mac.doFinal(input));
  }

  private Reply verify(String name, Request request) throws Refused, GeneralSecurityException {
    vault.allow(request.body(), "input", "hmac", "signature");
    Key key = known(name);
    byte[] input = base64(request.body().path("input"));
    boolean valid;
    if (request.body().has("hmac")) {
      String asked = request.body().path("hmac").asString();
      int version = (int) VaultTransit.version(asked);
      valid = version <= key.versions.size() && hmac(key, version, input).equals(asked);
    } else {
      String[] parts = request.body().path("signature").asString().split(":", -1);
      int version = Integer.parseInt(parts[1].substring(1));
      if (version < key.least) {
        throw new Refused("ciphertext or signature version is disallowed by policy (too old)");
      }
      if (version > key.pairs.size()) {
        throw new Refused("invalid signature: version is too new");
      }
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key.pairs.get(version - 1).getPublic());
      signature.update(input);
      byte[] bytes = Base64.getDecoder().decode(parts[2]);
      valid = bytes.length == 64 && signature.verify(bytes);
    }
    return FakeVault.data(FakeVault.MAPPER.createObjectNode().put("valid", valid));
  }

  private Reply random(int count, Request request) {
    vault.allow(request.body(), "format");
    byte[] drawn = new byte[count];
    random.nextBytes(drawn);
    return FakeVault.data(object("random_bytes", Base64.getEncoder().encodeToString(drawn)));
  }

  private void add(String name, String type) throws GeneralSecurityException {
    Key key = keys.computeIfAbsent(name, n -> new Key(type));
    byte[] fresh = new byte[32];
    random.nextBytes(fresh);
    key.versions.add(fresh);
    if (key.type.equals("ed25519")) {
      key.pairs.add(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }
  }

  private Reply create(String name, Request request) throws GeneralSecurityException {
    vault.allow(request.body(), "type");
    if (!keys.containsKey(name)) {
      add(name, request.text("type"));
    }
    return FakeVault.none();
  }

  private Reply change(String name, String action, Request request)
      throws Refused, GeneralSecurityException {
    if (action.equals("config") && !keys.containsKey(name)) {
      throw new Refused("no existing key named " + name + " could be found");
    }
    Key key = known(name);
    if (action.equals("rotate")) {
      add(name, key.type);
    } else {
      vault.allow(request.body(), "min_decryption_version");
      key.least = request.body().path("min_decryption_version").asInt();
    }
    return FakeVault.none();
  }

  private Reply describe(String name) {
    Key key = keys.get(name);
    if (key == null) {
      return FakeVault.error(404);
    }
    ObjectNode data = object("type", key.type).put("name", name);
    ObjectNode versions = data.putObject("keys");
    for (int i = 1; i <= key.versions.size(); i++) {
      versions.put(String.valueOf(i), 1_600_000_000 + i);
    }
    data.put("latest_version", key.versions.size()).put("min_decryption_version", key.least);
    data.put("min_encryption_version", 0).put("deletion_allowed", false).put("exportable", false);
    return FakeVault.data(data);
  }

  /** A ciphertext with its last byte changed. */
  static String damaged(String ciphertext) {
    String[] parts = ciphertext.split(":", -1);
    byte[] bytes = Base64.getDecoder().decode(parts[2].getBytes(StandardCharsets.US_ASCII));
    bytes[bytes.length - 1] ^= 1;
    return parts[0] + ":" + parts[1] + ":" + Base64.getEncoder().encodeToString(bytes);
  }
}
