package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The transit engine at one mount: encrypts, signs and hashes with keys that never leave the server. Safe to share between threads.
 *
 * <p>Encrypting under a name that no key has makes the server create one, if the policy allows {@code create} on {@code encrypt/};
 * give a host {@code update} alone, so that a misspelt name fails.
 *
 * <p>All methods throw INVALID_ARGUMENT for a name or value out of its bounds; DECRYPTION for what is damaged or of another key;
 * KEY_UNAVAILABLE if there is no such key, or the version is not allowed any more; AUTHORIZATION; AUTHENTICATION; RATE_LIMITED;
 * SECURITY_UNAVAILABLE if the server is down, sealed, slow or answers nonsense; SECRET_UNAVAILABLE if it is so during a login;
 * LIMIT_EXCEEDED for a request or answer that is too large; RESOURCE_EXHAUSTED if the HTTP client's executor takes no more; and
 * CANCELLED if the thread is interrupted.
 */
public final class VaultTransit {
  /** The most items of a batch. */
  public static final int MOST_ITEMS = 1_000;

  private static final Pattern SEALED =
      Pattern.compile("vault:v([1-9][0-9]{0,8}):[A-Za-z0-9+/=_-]{1,45000000}");
  private static final int MOST_BYTES = 16 << 20;

  private final VaultClient client;
  private final String mount;

  private VaultTransit(VaultClient client, String mount) {
    this.client = client;
    this.mount = mount;
  }

  /**
   * The engine at a mount, for example {@code transit}.
   *
   * @throws QilinException INVALID_ARGUMENT for a mount of another form
   */
  public static VaultTransit at(VaultClient client, String mount) {
    return new VaultTransit(Objects.requireNonNull(client, "client"), VaultPath.mount(mount));
  }

  String mount() {
    return mount;
  }

  /**
   * The version of the key that made a ciphertext, signature or hash.
   *
   * @throws QilinException DECRYPTION if it does not look like one
   */
  public static long version(String sealed) {
    Matcher form = SEALED.matcher(sealed);
    if (!form.matches()) {
      throw damaged();
    }
    return Long.parseLong(form.group(1));
  }

  /**
   * Encrypts under the latest version of a key.
   *
   * @param plain at most 16 MiB
   * @return {@code vault:v…:…}
   */
  public String encrypt(String key, byte[] plain) {
    try (JsonBody body = new JsonBody().base64("plaintext", bounded(plain))) {
      return sealed(call("encrypting", "encrypt/", key, body), "ciphertext");
    }
  }

  /** Decrypts; the caller overwrites the bytes after use. */
  public byte[] decrypt(String key, String ciphertext) {
    version(ciphertext);
    try (JsonBody body = new JsonBody().text("ciphertext", ciphertext)) {
      Call call = call("decrypting", "decrypt/", key, body);
      return bytes(call, good(call).data().at("plaintext"));
    }
  }

  /** Encrypts anew under the latest version, without showing the plain bytes to this host. */
  public String rewrap(String key, String ciphertext) {
    version(ciphertext);
    try (JsonBody body = new JsonBody().text("ciphertext", ciphertext)) {
      return sealed(call("rewrapping", "rewrap/", key, body), "ciphertext");
    }
  }

  /** {@link #encrypt} for up to {@value #MOST_ITEMS} values, in one request. */
  public List<TransitOutcome<String>> encryptAll(String key, List<byte[]> plain) {
    checkCount(plain.size());
    try (JsonBody body = new JsonBody().begin("batch_input", '[')) {
      plain.forEach(one -> body.item().base64("plaintext", bounded(one)).end('}'));
      Call call = call("encrypting", "encrypt/", key, body.end(']'));
      return batch(call, plain.size(), item -> sealed(call, item, "ciphertext"));
    }
  }

  /** {@link #decrypt} for up to {@value #MOST_ITEMS} values, in one request. */
  public List<TransitOutcome<byte[]>> decryptAll(String key, List<String> ciphertexts) {
    try (JsonBody body = ciphertexts(ciphertexts)) {
      Call call = call("decrypting", "decrypt/", key, body);
      return batch(call, ciphertexts.size(), item -> bytes(call, item.at("plaintext")));
    }
  }

  /** {@link #rewrap} for up to {@value #MOST_ITEMS} values, in one request. */
  public List<TransitOutcome<String>> rewrapAll(String key, List<String> ciphertexts) {
    try (JsonBody body = ciphertexts(ciphertexts)) {
      Call call = call("rewrapping", "rewrap/", key, body);
      return batch(call, ciphertexts.size(), item -> sealed(call, item, "ciphertext"));
    }
  }

  private static JsonBody ciphertexts(List<String> ciphertexts) {
    checkCount(ciphertexts.size());
    JsonBody body = new JsonBody().begin("batch_input", '[');
    ciphertexts.forEach(one -> body.item().text("ciphertext", one).end('}'));
    return body.end(']');
  }

  private static void checkCount(int items) {
    if (items < 1 || items > MOST_ITEMS) {
      throw QilinException.invalid("a batch has 1 to " + MOST_ITEMS + " items, not " + items);
    }
  }

  /** Reads the results whatever the status is: servers differ on what a batch is that failed in part. */
  private <T> List<TransitOutcome<T>> batch(Call call, int count, Function<Json, T> value) {
    Answer answer = client.ask(call);
    Json results = answer.data().at("batch_results");
    if (!results.isArray()) {
      throw answer.ok() ? Answer.nonsense(call, "batch_results") : refused(call, answer);
    }
    List<Json> items = results.items();
    if (items.size() != count) {
      throw Answer.nonsense(call, "result for each item");
    }
    List<TransitOutcome<T>> outcomes = new ArrayList<>();
    for (Json item : items) {
      outcomes.add(outcome(call, item, value));
    }
    return List.copyOf(outcomes);
  }

  private static <T> TransitOutcome<T> outcome(Call call, Json item, Function<Json, T> value) {
    try {
      String error = item.at("error").text().orElse("");
      if (!error.isEmpty()) {
        throw refusal(call, List.of(error));
      }
      return new TransitOutcome.Done<>(value.apply(item));
    } catch (QilinException e) {
      return new TransitOutcome.Failed<>(e.code(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * A new data key.
   *
   * @param bits 128, 256 or 512
   */
  public TransitDataKey dataKey(String key, int bits) {
    try (JsonBody body = bits(bits)) {
      Call call = call("making a data key", "datakey/plaintext/", key, body);
      Json data = good(call).data();
      byte[] plain = bytes(call, data.at("plaintext"));
      if (plain.length * 8 != bits) {
        throw Answer.nonsense(call, "key of " + bits + " bits");
      }
      return new TransitDataKey(plain, sealed(call, data, "ciphertext"));
    }
  }

  /**
   * A new data key in its encrypted form alone, for a host that is to keep it without using it.
   *
   * @param bits 128, 256 or 512
   */
  public String wrappedDataKey(String key, int bits) {
    try (JsonBody body = bits(bits)) {
      return sealed(call("making a data key", "datakey/wrapped/", key, body), "ciphertext");
    }
  }

  private static JsonBody bits(int bits) {
    if (bits != 128 && bits != 256 && bits != 512) {
      throw QilinException.invalid("a data key has 128, 256 or 512 bits, not " + bits);
    }
    return new JsonBody().number("bits", bits);
  }

  /** Signs with the latest version of an asymmetric key, with the engine's hash for it. */
  public String sign(String key, byte[] message) {
    try (JsonBody body = new JsonBody().base64("input", bounded(message))) {
      return sealed(call("signing", "sign/", key, body), "signature");
    }
  }

  /** The keyed hash of a message, with SHA-256. */
  public String hmac(String key, byte[] message) {
    try (JsonBody body = new JsonBody().base64("input", bounded(message))) {
      return sealed(call("hashing", "hmac/", key, body), "hmac");
    }
  }

  /** Whether a signature is that of a message; false for what is no signature. */
  public boolean verify(String key, byte[] message, String signature) {
    return verify(key, message, "signature", signature);
  }

  /** Whether a keyed hash is that of a message; false for what is no hash. */
  public boolean verifyHmac(String key, byte[] message, String hmac) {
    return verify(key, message, "hmac", hmac);
  }

  private boolean verify(String key, byte[] message, String kind, String proof) {
    if (!SEALED.matcher(proof).matches()) {
      return false;
    }
    try (JsonBody body = new JsonBody().base64("input", bounded(message)).text(kind, proof)) {
      Call call = call("verifying", "verify/", key, body);
      Answer answer = client.ask(call);
      if (answer.status() == 400 && answer.says("invalid " + kind)) {
        return false;
      }
      return checked(call, answer)
          .data()
          .at("valid")
          .truth()
          .orElseThrow(() -> Answer.nonsense(call, "'valid'"));
    }
  }

  /**
   * Random bytes of the server's source.
   *
   * @param count 1 to 65,536
   */
  public byte[] random(int count) {
    if (count < 1 || count > 1 << 16) {
      throw QilinException.invalid("random bytes are 1 to 65,536, not " + count);
    }
    try (JsonBody body = new JsonBody().text("format", "base64")) {
      Call call = security(Call.post("drawing random bytes", mount + "/random/" + count, body))
          .again();
      byte[] drawn = bytes(call, checked(call, client.ask(call)).data().at("random_bytes"));
      if (drawn.length != count) {
        throw Answer.nonsense(call, "bytes in the number asked for");
      }
      return drawn;
    }
  }

  /**
   * Makes a key; does nothing if there is one.
   *
   * @param type for example {@code aes256-gcm96}, {@code ed25519} or {@code ecdsa-p256}
   */
  public void create(String key, String type) {
    try (JsonBody body = new JsonBody().text("type", VaultPath.name("a type of keys", type))) {
      good(call("creating", "keys/", key, body));
    }
  }

  /** What a key is. */
  public TransitKey key(String key) {
    Call call = security(Call.get("reading " + place(key), at("keys/", key)));
    Answer answer = client.ask(call);
    if (answer.status() == 404) {
      throw unknown(call);
    }
    Json data = checked(call, answer).data();
    return new TransitKey(
        key,
        data.at("type").text().orElseThrow(() -> Answer.nonsense(call, "type")),
        data.at("latest_version").whole().orElseThrow(() -> Answer.nonsense(call, "version")),
        data.at("min_decryption_version").whole().orElse(1),
        data.at("deletion_allowed").isTrue(),
        data.at("exportable").isTrue());
  }

  /** Makes a new version of a key, which encrypts and signs from now on; the older ones still decrypt and verify. */
  public void rotate(String key) {
    try (JsonBody body = new JsonBody()) {
      Call call = security(Call.post("rotating " + place(key), at("keys/", key) + "/rotate", body));
      good(call);
    }
  }

  /** Refuses what older versions than this one encrypted or signed; to be raised after all of it was rewrapped. */
  public void minDecryptionVersion(String key, long version) {
    if (version < 1) {
      throw QilinException.invalid("a version is 1 or more, was " + version);
    }
    try (JsonBody body = new JsonBody().number("min_decryption_version", version)) {
      Call call =
          security(Call.post("configuring " + place(key), at("keys/", key) + "/config", body));
      good(call.again());
    }
  }

  /** A request that changes nothing, or nothing that doing it twice would. */
  private Call call(String what, String part, String key, JsonBody body) {
    return security(Call.post(what + " with " + place(key), at(part, key), body))
        .again();
  }

  private static Call security(Call call) {
    return call.unavailableAs(ErrorCode.SECURITY_UNAVAILABLE);
  }

  private String at(String part, String key) {
    return mount + "/" + part + VaultPath.name("a key of Vault", key);
  }

  private String place(String key) {
    return QilinException.quote(mount + "/" + key);
  }

  private static byte[] bounded(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw QilinException.invalid(
          "a value for Vault has at most " + MOST_BYTES + " bytes, not " + bytes.length);
    }
    return bytes;
  }

  private Answer good(Call call) {
    return checked(call, client.ask(call));
  }

  private static Answer checked(Call call, Answer answer) {
    if (!answer.ok()) {
      throw refused(call, answer);
    }
    return answer;
  }

  private static QilinException refused(Call call, Answer answer) {
    return answer.status() == 400 ? refusal(call, answer.errors()) : answer.refused(call);
  }

  /** Tells by the server's words what it refused; the words themselves are not passed on. */
  private static QilinException refusal(Call call, List<String> errors) {
    String said = String.join("; ", errors);
    if (said.contains("disallowed by policy")) {
      return new QilinException(
          ErrorCode.KEY_UNAVAILABLE,
          call.what() + " was refused: the version is older than min_decryption_version allows");
    }
    if (said.contains("key not found")
        || said.contains("unknown key")
        || said.contains("no existing key")) {
      return unknown(call);
    }
    if (said.contains("invalid ciphertext") || said.contains("authentication failed")) {
      return damaged();
    }
    return new QilinException(
        ErrorCode.INVALID_ARGUMENT,
        call.what() + " was refused: the key's type cannot do it, or the input is not accepted");
  }

  private static QilinException unknown(Call call) {
    return new QilinException(
        ErrorCode.KEY_UNAVAILABLE, "there is no such key for " + call.what() + "; create it first");
  }

  private static QilinException damaged() {
    return new QilinException(
        ErrorCode.DECRYPTION, "a ciphertext of Vault is damaged, or of another key");
  }

  private String sealed(Call call, String name) {
    return sealed(call, good(call).data(), name);
  }

  private static String sealed(Call call, Json data, String name) {
    return data.at(name)
        .text()
        .filter(text -> SEALED.matcher(text).matches())
        .orElseThrow(() -> Answer.nonsense(call, name + " like vault:v1:…"));
  }

  private static byte[] bytes(Call call, Json base64) {
    byte[] text = base64
        .text()
        .orElseThrow(() -> Answer.nonsense(call, "bytes in Base64"))
        .getBytes(StandardCharsets.ISO_8859_1);
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // Without the cause: it quotes a character.
      throw Answer.nonsense(call, "bytes in Base64");
    }
  }

  /** For example {@code VaultTransit[transit]}. */
  @Override
  public String toString() {
    return "VaultTransit[" + mount + "]";
  }
}
