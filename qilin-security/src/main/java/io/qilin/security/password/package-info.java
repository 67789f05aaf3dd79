/** Passwords of people, stored as slow salted hashes: start with {@code PasswordHasher}. */
@NullMarked
package io.qilin.security.password;

import org.jspecify.annotations.NullMarked;
