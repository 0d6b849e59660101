# Shared by ./start and ./check. Each step is skipped when its result is there already.

say() { printf '\033[2m• %s\033[0m\n' "$*" >&2; }
die() { printf '%s\n' "$*" >&2; exit 1; }

need_node() {
  command -v node >/dev/null || die 'Node.js 20.19 or newer is needed: https://nodejs.org'
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Node.js 20.19 or newer is needed; this is $(node --version)"
}

# npm packages, when the lock file is not the one that was installed last.
install_packages() {
  local stamp=node_modules/.consilium-lock want
  want=$(node -p 'require("crypto").createHash("sha256").update(require("fs").readFileSync("package-lock.json")).digest("hex") + process.version')
  [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && return
  say 'Installing packages'
  NODE_ENV=development npm ci --no-audit --no-fund --loglevel=error >&2
  echo "$want" >"$stamp"
}

# Production build, when a source changed since the last one. Prints the build's own words only when it fails.
build_if_changed() {
  if node tools/build-stamp.mjs check; then return; fi
  say 'Building'
  local log
  log=$(mktemp)
  if ! node tools/build.mjs >"$log" 2>&1; then
    cat "$log" >&2
    die 'The build failed'
  fi
  rm -f "$log"
}

# program:package …, from Debian's packages when the program is missing.
install_programs() {
  local missing=() pair
  for pair in "$@"; do command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}"); done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || die "Please install: ${missing[*]}"
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  say "Installing ${missing[*]}"
  { DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 ||
    die "Please install as an administrator: apt-get install ${missing[*]}"
}
