package io.qilin.security.gateway;

/** The checks of a gateway, in their order. */
public enum GatewayStep {
  /** Lengths of the request, before anything of it is read. */
  SIZE,
  /** The rate of all callers together. */
  GLOBAL_LIMIT,
  /** The rate of the address that the call comes from. */
  ADDRESS_LIMIT,
  /** The API key. */
  API_KEY,
  /** The rate of the API key's owner. */
  PRINCIPAL_LIMIT,
  /** The signature of the request, its time and its nonce. */
  SIGNATURE,
  /** The search for known attacks in what the request says. */
  SCREENING
}
