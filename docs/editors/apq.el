;;; apq.el --- Queries for the accessplanit API -*- lexical-binding: t; -*-

;; For Emacs 28 or later, with Eglot or lsp-mode.  docs/other-editors.md says
;; how to use it.

;;; Code:

(require 'compile)
(require 'subr-x)

(defgroup apq nil
  "Queries for the accessplanit API."
  :group 'languages)

(defcustom apq-command
  ;; In a clone, and in the installed package.
  (let ((beside (expand-file-name "../../dist/apq.js"
                                  (file-name-directory (or load-file-name buffer-file-name)))))
    (if (file-readable-p beside) (list "node" beside) '("apq")))
  "The program apq, and what stands before its first argument."
  :type '(repeat string))

(defcustom apq-metadata nil
  "The file that “apq metadata --output FILE” wrote."
  :type '(choice (const :tag "None" nil) file))

(defcustom apq-root nil
  "The platform that requests go to; nil stands for $APQ_ROOT."
  :type '(choice (const :tag "$APQ_ROOT" nil) string))

(defun apq--command (name file &rest options)
  "The shell command that runs the command NAME of apq on FILE with OPTIONS."
  (mapconcat #'shell-quote-argument
             `(,@apq-command ,name ,@options
               ,@(and apq-metadata (list "--metadata" (expand-file-name apq-metadata)))
               "--" ,file)
             " "))

(defconst apq--keywords
  `(("^###.*" 0 'outline-1 t)
    ("^[ \t]*\\(?:#\\|//\\)[ \t]*\\(@[[:alnum:]-]+\\)" 1 font-lock-preprocessor-face t)
    ("^@[^ \t\n=]+" . font-lock-variable-name-face)
    ("^\\(?:GET\\|POST\\|PUT\\|DELETE\\|get\\|post\\|put\\|delete\\)\\_>" . font-lock-keyword-face)
    ("\\$[a-z]+" . font-lock-builtin-face)
    ("'\\(?:[^'\n]\\|''\\)*'" . font-lock-string-face)
    ("{{[^}\n]*}}" 0 font-lock-variable-name-face t)))

(defvar apq-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?\" "." table)
    (modify-syntax-entry ?\n ">" table)
    table))

(defvar apq-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-c") #'apq-run)
    map))

;;;###autoload
(define-derived-mode apq-mode prog-mode "APQ"
  "Major mode for queries for the accessplanit API."
  (setq-local comment-start "# "
              comment-start-skip "\\(?:#+\\|//\\)[ \t]*"
              ;; A comment begins at the start of a line only.
              syntax-propertize-function
              (syntax-propertize-rules ("^[ \t]*\\(?:\\(#\\)\\|\\(/\\)/\\)" (1 "<") (2 "<")))
              font-lock-defaults '(apq--keywords))
  (when buffer-file-name
    (setq-local compile-command (apq--command "check" (file-name-nondirectory buffer-file-name)))))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.apq\\'" . apq-mode))

;; The patterns of Emacs do not know all names of files, nor hints.
(add-to-list 'compilation-error-regexp-alist-alist
             '(apq "^\\(.+\\.apq\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(information\\|hint\\)\\) "
                   1 2 3 (4 . 5)))
(add-to-list 'compilation-error-regexp-alist 'apq)

(define-compilation-mode apq-result-mode "APQ result"
  "Major mode for what a request brought."
  (setq truncate-lines t))

(defun apq--run (file &rest options)
  "Run a request of FILE, and show its result in another window.
OPTIONS of “apq run” choose the request, among other things."
  (let ((process-connection-type nil)) ; A pipe: on a terminal, progress would be drawn.
    (compilation-start
     (apply #'apq--command "run" file (append options (and apq-root (list "--root" apq-root))))
     'apq-result-mode)))

(defun apq-run (&optional options)
  "Run the request at point, and show its result in another window.
With a prefix argument, ask for further OPTIONS of “apq run”, such as
--yes for a request that changes records."
  (interactive
   (list (and current-prefix-arg
              (split-string-and-unquote (read-string "Options of apq run: ")))))
  (save-buffer)
  (apply #'apq--run buffer-file-name "--line" (number-to-string (line-number-at-pos nil t)) options))

(defun apq--server ()
  "The command that starts the language server."
  (append apq-command '("lsp")))

(defun apq--initialization-options (&rest _)
  "What the language server is told at its start."
  (and apq-metadata (list :metadataFile (expand-file-name apq-metadata))))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons 'apq-mode
                     (lambda (&rest _)
                       `(,@(apq--server) :initializationOptions ,(apq--initialization-options))))))

(defvar lsp-language-id-configuration)
(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function lsp-activate-on "lsp-mode")
(declare-function lsp-get "lsp-mode")
(declare-function lsp--uri-to-path "lsp-mode")

(defun apq--lenses (&rest options-by-command)
  "What each code lens of lsp-mode does, by its command.
OPTIONS-BY-COMMAND are lists of a command and options of “apq run”."
  (let ((table (make-hash-table :test #'equal)))
    (pcase-dolist (`(,command . ,options) options-by-command)
      (puthash command
               (lambda (action)
                 (pcase-let ((`(,uri ,index) (append (lsp-get action :arguments) nil)))
                   (save-buffer)
                   (apply #'apq--run (lsp--uri-to-path uri)
                          "--request" (number-to-string index) options)))
               table))
    table))

(with-eval-after-load 'lsp-mode
  (add-to-list 'lsp-language-id-configuration '(apq-mode . "apq"))
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection #'apq--server)
                    :activation-fn (lsp-activate-on "apq")
                    :initialization-options #'apq--initialization-options
                    :action-handlers (apq--lenses '("apq.runRequest")
                                                  '("apq.fetchAll" "--pages" "all")
                                                  '("apq.previewRequest" "--dry-run"))
                    :server-id 'apq)))

(provide 'apq)
;;; apq.el ends here
