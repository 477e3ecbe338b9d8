/*
 * A PKCS#11 driver that passes every call on to a real one and, told by a script, counts, delays, fails, hangs, crashes
 * or pulls the token. It signs nothing by itself.
 *
 *   PROBE_MODULE  absolute path of the real driver
 *   PROBE_SCRIPT  a text file read anew at every call, or unset
 *   PROBE_LOG     a file that gets one line "FUNCTION pid" for each call of C_Login, C_Logout and C_Sign, or unset
 *   PROBE_LOG_ALL if set, PROBE_LOG gets such a line for each call of every other function too
 *
 * A script line is  FUNCTION N ACTION [VALUE]  where N is a number (the Nth call of that function in this process), N+
 * (from the Nth on) or * (each). ACTION is one of
 *   return V   answer V and do nothing          after V   call the real driver, then answer V
 *   delay MS   wait, then call                  hang      never come back
 *   crash      die before the call              crash-after   call, then die
 *   remove     from now on no token is present  flags V   or V into the flags of C_GetTokenInfo
 *   corrupt    C_Sign answers a wrong signature  lock     C_Login answers CKR_PIN_INCORRECT and the token is locked
 *   always P   the key wants a login per signature (C_GetAttributeValue, C_SignInit, C_Login, C_Sign play along), with the
 *              PIN P of its own (digits) where one is given; three wrong ones in a row lock it
 *   pad P      of C_Login: a reader with keys of its own, at which somebody types P (digits) whenever no PIN comes along
 *   absent     of C_GetSlotList: while this line stands no token is in any slot
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CK_PTR *
#define CK_DEFINE_FUNCTION(returnType, name) returnType name
#define CK_DECLARE_FUNCTION(returnType, name) returnType name
#define CK_DECLARE_FUNCTION_POINTER(returnType, name) returnType(*name)
#define CK_CALLBACK_FUNCTION(returnType, name) returnType(*name)
#ifndef NULL_PTR
#define NULL_PTR 0
#endif
#include "pkcs11.h"

static CK_FUNCTION_LIST_PTR real;
static CK_FUNCTION_LIST own;
static int removed;
static int locked;
static int context_wanted;
static int context_wrong;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

enum { ACT_NONE, ACT_RETURN, ACT_AFTER, ACT_DELAY, ACT_HANG, ACT_CRASH, ACT_CRASH_AFTER, ACT_REMOVE, ACT_FLAGS, ACT_CORRUPT, ACT_LOCK, ACT_ALWAYS, ACT_ABSENT, ACT_PAD };

struct action {
  int kind;
  unsigned long value;
};

struct counter {
  const char *name;
  unsigned long count;
};
static struct counter counters[64];

static unsigned long count_call(const char *name) {
  unsigned long number = 0;
  pthread_mutex_lock(&lock);
  for (int i = 0; i < 64; i++) {
    if (counters[i].name == NULL) counters[i].name = name;
    if (strcmp(counters[i].name, name) == 0) {
      number = ++counters[i].count;
      break;
    }
  }
  pthread_mutex_unlock(&lock);
  return number;
}

static void log_call(const char *name) {
  const char *path = getenv("PROBE_LOG");
  if (path == NULL) return;
  /* One write with O_APPEND: lines of several processes never mix. */
  int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (fd < 0) return;
  char line[80];
  int length = snprintf(line, sizeof line, "%s %d\n", name, (int)getpid());
  if (write(fd, line, (size_t)length) != length) abort();
  close(fd);
}

/* Asks that are counted only where every call is wanted. */
static unsigned long count_asked(const char *name) {
  if (getenv("PROBE_LOG_ALL") != NULL) log_call(name);
  return count_call(name);
}

static int matches(const char *which, unsigned long number) {
  if (strcmp(which, "*") == 0) return 1;
  char *end = NULL;
  unsigned long wanted = strtoul(which, &end, 10);
  return *end == '+' ? number >= wanted : number == wanted;
}

static int kind_of(const char *word) {
  /* In the order of the enumeration. */
  static const char *words[] = {"",      "return",      "after",  "delay", "hang",
                                "crash", "crash-after", "remove", "flags", "corrupt", "lock", "always", "absent", "pad"};
  for (int i = 1; i < (int)(sizeof words / sizeof words[0]); i++)
    if (strcmp(word, words[i]) == 0) return i;
  return ACT_NONE;
}

/* The first line of the script that fits this call. */
static struct action scripted(const char *name, unsigned long number) {
  struct action found = {ACT_NONE, 0};
  const char *path = getenv("PROBE_SCRIPT");
  FILE *file = path == NULL ? NULL : fopen(path, "re");
  if (file == NULL) return found;
  char line[200];
  while (found.kind == ACT_NONE && fgets(line, sizeof line, file) != NULL) {
    char function[64], which[16], word[16], value[32] = "0";
    if (sscanf(line, "%63s %15s %15s %31s", function, which, word, value) < 3) continue;
    if (strcmp(function, name) != 0 || !matches(which, number)) continue;
    found.kind = kind_of(word);
    found.value = strtoul(value, NULL, 0);
  }
  fclose(file);
  return found;
}

/* Pulled out for good (remove), or as long as the script says so (absent). */
static int gone(void) { return removed || scripted("C_GetSlotList", 0).kind == ACT_ABSENT; }

static void pause_for(unsigned long milliseconds) { usleep((useconds_t)(milliseconds * 1000)); }

/* Before the real call: returns 1 and the answer when the real driver is not to be called. */
static int before(struct action act, CK_RV *answer) {
  switch (act.kind) {
    case ACT_RETURN:
      *answer = (CK_RV)act.value;
      return 1;
    case ACT_DELAY:
      pause_for(act.value);
      return 0;
    case ACT_HANG:
      for (;;) pause_for(1000);
    case ACT_CRASH:
      abort();
    case ACT_REMOVE:
      removed = 1;
      *answer = CKR_DEVICE_REMOVED;
      return 1;
    default:
      return 0;
  }
}

static CK_RV after(struct action act, CK_RV rv) {
  if (act.kind == ACT_CRASH_AFTER) abort();
  return act.kind == ACT_AFTER ? (CK_RV)act.value : rv;
}

#define WRAP(NAME, PARAMETERS, ARGUMENTS, GONE)        \
  static CK_RV probe_##NAME PARAMETERS {               \
    struct action act = scripted(#NAME, count_asked(#NAME)); \
    CK_RV rv;                                          \
    if (before(act, &rv)) return rv;                   \
    if (gone()) return GONE;                           \
    return after(act, real->NAME ARGUMENTS);           \
  }

WRAP(C_Initialize, (CK_VOID_PTR a), (a), real->C_Initialize(a))
WRAP(C_GetInfo, (CK_INFO_PTR a), (a), real->C_GetInfo(a))
WRAP(C_GetMechanismList, (CK_SLOT_ID s, CK_MECHANISM_TYPE_PTR l, CK_ULONG_PTR n), (s, l, n), CKR_TOKEN_NOT_PRESENT)
WRAP(C_OpenSession, (CK_SLOT_ID s, CK_FLAGS f, CK_VOID_PTR p, CK_NOTIFY n, CK_SESSION_HANDLE_PTR h), (s, f, p, n, h), CKR_TOKEN_NOT_PRESENT)
WRAP(C_GetSlotInfo, (CK_SLOT_ID s, CK_SLOT_INFO_PTR i), (s, i), CKR_OK)
WRAP(C_GetSessionInfo, (CK_SESSION_HANDLE h, CK_SESSION_INFO_PTR i), (h, i), CKR_SESSION_HANDLE_INVALID)
WRAP(C_CloseSession, (CK_SESSION_HANDLE h), (h), CKR_SESSION_HANDLE_INVALID)
WRAP(C_FindObjectsInit, (CK_SESSION_HANDLE h, CK_ATTRIBUTE_PTR t, CK_ULONG n), (h, t, n), CKR_SESSION_HANDLE_INVALID)
WRAP(C_FindObjects, (CK_SESSION_HANDLE h, CK_OBJECT_HANDLE_PTR o, CK_ULONG m, CK_ULONG_PTR n), (h, o, m, n), CKR_SESSION_HANDLE_INVALID)
WRAP(C_FindObjectsFinal, (CK_SESSION_HANDLE h), (h), CKR_SESSION_HANDLE_INVALID)

static CK_RV probe_C_GetSlotList(CK_BBOOL present, CK_SLOT_ID_PTR list, CK_ULONG_PTR count) {
  struct action act = scripted("C_GetSlotList", count_asked("C_GetSlotList"));
  CK_RV rv;
  if (before(act, &rv)) return rv;
  if (gone() && present) {
    *count = 0;
    return CKR_OK;
  }
  return after(act, real->C_GetSlotList(present, list, count));
}

static CK_RV probe_C_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  struct action act = scripted("C_GetTokenInfo", count_asked("C_GetTokenInfo"));
  CK_RV rv;
  if (before(act, &rv)) return rv;
  if (gone()) return CKR_TOKEN_NOT_PRESENT;
  rv = real->C_GetTokenInfo(slot, info);
  if (rv == CKR_OK && act.kind == ACT_FLAGS) info->flags |= act.value;
  if (rv == CKR_OK && locked) info->flags |= CKF_USER_PIN_LOCKED;
  return after(act, rv);
}

static int wants_login_each_time(void) { return scripted("C_SignInit", 0).kind == ACT_ALWAYS; }

static CK_RV probe_C_GetAttributeValue(CK_SESSION_HANDLE h, CK_OBJECT_HANDLE o, CK_ATTRIBUTE_PTR t, CK_ULONG n) {
  struct action act = scripted("C_GetAttributeValue", count_asked("C_GetAttributeValue"));
  CK_RV rv;
  if (before(act, &rv)) return rv;
  if (gone()) return CKR_SESSION_HANDLE_INVALID;
  rv = real->C_GetAttributeValue(h, o, t, n);
  if (rv == CKR_OK && n == 1 && t[0].type == CKA_ALWAYS_AUTHENTICATE && t[0].pValue != NULL && wants_login_each_time())
    *(CK_BBOOL *)t[0].pValue = CK_TRUE;
  return after(act, rv);
}

static int is_number(const unsigned char *text, unsigned long length, unsigned long number) {
  char wanted[32];
  int size = snprintf(wanted, sizeof wanted, "%lu", number);
  return text != NULL && length == (unsigned long)size && memcmp(text, wanted, length) == 0;
}

static CK_RV probe_C_Login(CK_SESSION_HANDLE h, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  log_call(user == CKU_CONTEXT_SPECIFIC ? "C_Login:context" : "C_Login");
  struct action act = scripted("C_Login", count_call("C_Login"));
  CK_RV rv;
  if (before(act, &rv)) return rv;
  if (gone()) return CKR_DEVICE_REMOVED;
  if (act.kind == ACT_LOCK) {
    locked = 1;
    return CKR_PIN_INCORRECT;
  }
  char typed[32];
  if (act.kind == ACT_PAD && length == 0) {
    length = (CK_ULONG)snprintf(typed, sizeof typed, "%lu", act.value);
    pin = (CK_UTF8CHAR_PTR)typed;
  }
  struct action each = scripted("C_SignInit", 0);
  if (user == CKU_CONTEXT_SPECIFIC && each.kind == ACT_ALWAYS) {
    if (!context_wanted) return CKR_OPERATION_NOT_INITIALIZED;
    if (context_wrong >= 3) return CKR_PIN_LOCKED;
    if (each.value != 0 && !is_number(pin, length, each.value)) {
      context_wrong += 1;
      return CKR_PIN_INCORRECT;
    }
    context_wrong = 0;
    context_wanted = 0;
    return after(act, CKR_OK);
  }
  return after(act, real->C_Login(h, user, pin, length));
}

static CK_RV probe_C_Logout(CK_SESSION_HANDLE h) {
  log_call("C_Logout");
  struct action act = scripted("C_Logout", count_call("C_Logout"));
  CK_RV rv;
  if (before(act, &rv)) return rv;
  if (gone()) return CKR_SESSION_HANDLE_INVALID;
  return after(act, real->C_Logout(h));
}

static CK_RV probe_C_SignInit(CK_SESSION_HANDLE h, CK_MECHANISM_PTR m, CK_OBJECT_HANDLE k) {
  struct action act = scripted("C_SignInit", count_asked("C_SignInit"));
  CK_RV rv;
  if (before(act, &rv)) return rv;
  if (gone()) return CKR_DEVICE_REMOVED;
  if (act.kind == ACT_ALWAYS || wants_login_each_time()) context_wanted = 1;
  return after(act, real->C_SignInit(h, m, k));
}

static CK_RV probe_C_Sign(CK_SESSION_HANDLE h, CK_BYTE_PTR d, CK_ULONG n, CK_BYTE_PTR s, CK_ULONG_PTR l) {
  log_call("C_Sign");
  struct action act = scripted("C_Sign", count_call("C_Sign"));
  CK_RV rv;
  if (before(act, &rv)) return rv;
  if (gone()) return CKR_DEVICE_REMOVED;
  if (context_wanted) return CKR_USER_NOT_LOGGED_IN;
  rv = real->C_Sign(h, d, n, s, l);
  if (act.kind == ACT_CORRUPT && rv == CKR_OK && s != NULL) s[0] ^= 0x55;
  return after(act, rv);
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  const char *path = getenv("PROBE_MODULE");
  if (path == NULL) return CKR_GENERAL_ERROR;
  if (real == NULL) {
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return CKR_GENERAL_ERROR;
    CK_C_GetFunctionList get = (CK_C_GetFunctionList)dlsym(handle, "C_GetFunctionList");
    if (get == NULL || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
  }
  own = *real;
  own.C_Initialize = probe_C_Initialize;
  own.C_GetInfo = probe_C_GetInfo;
  own.C_GetSlotList = probe_C_GetSlotList;
  own.C_GetTokenInfo = probe_C_GetTokenInfo;
  own.C_GetMechanismList = probe_C_GetMechanismList;
  own.C_GetSlotInfo = probe_C_GetSlotInfo;
  own.C_GetSessionInfo = probe_C_GetSessionInfo;
  own.C_OpenSession = probe_C_OpenSession;
  own.C_CloseSession = probe_C_CloseSession;
  own.C_FindObjectsInit = probe_C_FindObjectsInit;
  own.C_FindObjects = probe_C_FindObjects;
  own.C_FindObjectsFinal = probe_C_FindObjectsFinal;
  own.C_GetAttributeValue = probe_C_GetAttributeValue;
  own.C_Login = probe_C_Login;
  own.C_Logout = probe_C_Logout;
  own.C_SignInit = probe_C_SignInit;
  own.C_Sign = probe_C_Sign;
  *list = &own;
  return CKR_OK;
}
